package org.incidentorchestrator.step.rights;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;

/**
 * All that this program may do in a cluster: what the verbs need that are called, and what the runner needs for them all.
 * From it come the roles and the admission policy in {@code src/deploy}, and what is looked for at the start.
 *
 * @param all by identity, place, group, resource and verb; the same right may stand there several times, each for other
 *     fields
 */
public record Rights(List<Permission> all) {
    private static final Set<Identity> CONFINED = Set.of(Identity.CHANGE, Identity.ISOLATE);

    /** The cluster's identity is read before anything is planned. */
    private static final Set<Permission> OF_THE_RUNNER =
            Set.of(Permission.look("", "namespaces", "get").at(Place.KUBE_SYSTEM));

    public Rights {
        all = all.stream()
                .distinct()
                .sorted(Comparator.comparing(Permission::identity)
                        .thenComparing(Permission::place)
                        .thenComparing(Permission::group)
                        .thenComparing(Permission::resource)
                        .thenComparing(Permission::verb)
                        .thenComparing(right -> String.join(" ", new TreeSet<>(right.fields()))))
                .toList();
        all.stream().filter(Rights::unbounded).findFirst().ifPresent(right -> {
            throw new IllegalStateException(
                    right + " as " + right.identity() + " does not say which fields it is about;"
                            + " name them with only(), so that the admission policy can hold it to them");
        });
    }

    /** @param verbs what those need that are called */
    public static Rights of(Collection<Permission> verbs) {
        return new Rights(Stream.concat(OF_THE_RUNNER.stream(), verbs.stream()).toList());
    }

    /** An eviction has no fields: the pod's disruption budget bounds it. */
    private static boolean unbounded(Permission right) {
        boolean changes = !Set.of("get", "list").contains(right.verb())
                && !right.resource().contains("/");
        return CONFINED.contains(right.identity()) && changes && right.fields().isEmpty();
    }

    public List<Permission> of(Identity identity, Place place) {
        return all.stream()
                .filter(right -> right.identity() == identity && right.place() == place)
                .toList();
    }

    public SortedSet<Place> places(Identity identity) {
        SortedSet<Place> places = new TreeSet<>();
        all.stream().filter(right -> right.identity() == identity).forEach(right -> places.add(right.place()));
        return places;
    }
}
