package org.incidentorchestrator.step.verb;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.step.Permission;

/** API calls, as the rights that they need, in the words of the generated pages. */
public final class VerbRights {
    /** What most verbs begin with, in one word. */
    private static final Map<String, Set<String>> WORKLOADS = Map.of(
            "get workloads",
                    Set.of("get daemonsets.apps", "get deployments.apps", "get jobs.batch", "get statefulsets.apps"),
            "list workloads",
                    Set.of(
                            "list daemonsets.apps",
                            "list deployments.apps",
                            "list jobs.batch",
                            "list statefulsets.apps"));

    private VerbRights() {}

    /** Apart by the identity that has them; of whoever looks without its name. */
    public static String text(Collection<Permission> rights) {
        return Stream.of(Identity.values())
                .map(identity -> text(rights, identity))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String text(Collection<Permission> all, Identity identity) {
        Set<String> rights = all.stream()
                .filter(right -> right.identity() == identity)
                .map(Permission::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        WORKLOADS.forEach((word, workloads) -> {
            if (rights.containsAll(workloads)) {
                rights.removeAll(workloads);
                rights.add(word);
            }
        });
        String text = String.join(", ", rights);
        return text.isEmpty() || identity == Identity.LOOK
                ? text
                : "as " + identity.name().toLowerCase(Locale.ROOT) + ": " + text;
    }
}
