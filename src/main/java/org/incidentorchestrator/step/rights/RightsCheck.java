package org.incidentorchestrator.step.rights;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.incidentorchestrator.cluster.AccessReview;
import org.incidentorchestrator.cluster.AccessReview.Rule;
import org.incidentorchestrator.cluster.AccessReview.Rules;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ConditionalOnRealCluster;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.StepCatalogue;
import org.springframework.stereotype.Component;

/**
 * Compares what our identities may do in the cluster with what the steps need that are called: what is missing stops a
 * step at 3 a.m., what is in excess is there for whoever breaks in. What the recovery identity may do is for the time of a
 * recovery: it is never missing, and in excess as long as it is there.
 */
@Component
@ConditionalOnRealCluster
public class RightsCheck {
    /** What everybody may who can log in, to ask about themselves. */
    private static final Set<String> EVERYBODYS = Set.of("authorization.k8s.io", "authentication.k8s.io");

    private final StepCatalogue catalogue;
    private final AccessReview review;
    private final Places places;
    private final Clock clock;

    RightsCheck(StepCatalogue catalogue, AccessReview review, Places places, Clock clock) {
        this.catalogue = catalogue;
        this.review = review;
        this.places = places;
        this.clock = clock;
    }

    /** @param steps the names of those that are called */
    public RightsFound of(Collection<String> steps) {
        Rights needed = Rights.of(catalogue.permissions(steps));
        SortedSet<String> missing = new TreeSet<>();
        SortedSet<String> excess = new TreeSet<>();
        try {
            for (Set<Identity> user : review.users()) {
                compareIfHeard(user, needed, missing, excess);
            }
            return new RightsFound(clock.instant(), List.copyOf(missing), List.copyOf(excess), "");
        } catch (ClusterFailure failure) {
            return new RightsFound(clock.instant(), List.of(), List.of(), failure.getMessage());
        }
    }

    /** A pod's account that may not act as another has none of its rights; for the one that restores that is how it should be. */
    private void compareIfHeard(Set<Identity> user, Rights needed, Set<String> missing, Set<String> excess) {
        try {
            compare(user, needed, missing, excess);
        } catch (ClusterFailure failure) {
            if (failure.kind() != ClusterFailure.Kind.FORBIDDEN) {
                throw failure;
            }
            Identity identity = user.iterator().next();
            if (identity != Identity.RESTORE) {
                missing.add("all, as " + word(identity) + ": " + failure.getMessage());
            }
        }
    }

    private void compare(Set<Identity> user, Rights needed, Set<String> missing, Set<String> excess) {
        Identity identity = user.iterator().next();
        List<Permission> wanted = needed.all().stream()
                .filter(right -> user.contains(right.identity()))
                .filter(right -> right.identity() != Identity.RESTORE || user.size() > 1)
                .toList();
        Map<String, Rules> rules = new HashMap<>();
        places.namespaces().forEach(namespace -> rules.put(namespace, review.rules(identity, namespace)));
        for (Permission right : wanted) {
            for (String namespace : places.of(right.place())) {
                Rules there = rules.get(namespace);
                if (!covered(right, there) && !allowed(right, namespace)) {
                    missing.add(words(right, namespace, identity));
                }
            }
        }
        rules.forEach((namespace, there) -> excess(wanted, namespace, there, identity, excess));
    }

    /** Of the whole cluster only the other review tells: rules of a namespace are told together with everybody's. */
    private static boolean covered(Permission right, Rules rules) {
        return rules != null
                && rules.rules().stream().anyMatch(rule -> rule.covers(right.group(), right.resource(), right.verb()));
    }

    private boolean allowed(Permission right, String namespace) {
        return review.allowed(right.identity(), namespace, right.group(), right.resource(), right.verb());
    }

    private void excess(List<Permission> wanted, String namespace, Rules rules, Identity identity, Set<String> excess) {
        List<Permission> here = wanted.stream()
                .filter(right -> right.place() == Place.CLUSTER
                        || places.of(right.place()).contains(namespace))
                .toList();
        for (Rule rule : rules.rules()) {
            for (String group : rule.groups()) {
                for (String resource : rule.resources()) {
                    SortedSet<String> verbs = new TreeSet<>(rule.verbs());
                    verbs.removeIf(verb -> EVERYBODYS.contains(group)
                            || here.stream().anyMatch(right -> asks(right, group, resource, verb)));
                    if (!verbs.isEmpty()) {
                        excess.add("%s %s%s in %s, as %s"
                                .formatted(
                                        String.join(",", verbs),
                                        resource,
                                        group.isEmpty() ? "" : "." + group,
                                        namespace,
                                        word(identity)));
                    }
                }
            }
        }
    }

    private static boolean asks(Permission right, String group, String resource, String verb) {
        return right.verb().equals(verb)
                && (right.group().equals(group) || right.group().equals("*"))
                && (right.resource().equals(resource) || right.resource().equals("*"));
    }

    private static String words(Permission right, String namespace, Identity identity) {
        return right + (namespace.isEmpty() ? " on the cluster" : " in " + namespace) + ", as " + word(identity);
    }

    private static String word(Identity identity) {
        return identity.name().toLowerCase(Locale.ROOT);
    }
}
