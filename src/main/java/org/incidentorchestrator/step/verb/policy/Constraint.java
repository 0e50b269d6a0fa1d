package org.incidentorchestrator.step.verb.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.KubernetesObject;

/**
 * A constraint of Gatekeeper and what its last audit found. A constraint belongs to no namespace, the objects that break
 * it do; it lists only some of them (20 by default), and says how many there are.
 *
 * @param listed every violation that it lists, in every namespace
 */
record Constraint(KubernetesObject object, List<KubernetesObject> listed) {
    static Constraint of(KubernetesObject object) {
        return new Constraint(object, object.items("/status/violations"));
    }

    String title() {
        return object.kind() + " " + object.name();
    }

    /** deny, warn, dryrun, or which of them at which points; deny when it says nothing. */
    String action() {
        String action = object.text("/spec/enforcementAction")
                .filter(it -> !it.isEmpty())
                .orElse("deny");
        return !action.equals("scoped")
                ? action
                : object.items("/spec/scopedEnforcementActions").stream()
                        .map(scoped -> scoped.text("/action", ""))
                        .distinct()
                        .collect(Collectors.joining("+"));
    }

    boolean denies() {
        return List.of(action().split("\\+")).contains("deny");
    }

    /** Empty when it was never audited: then nothing is known of its violations. */
    Optional<Instant> audited() {
        try {
            return object.time("/status/auditTimestamp");
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** In all namespaces, also those that are not listed. */
    long total() {
        return object.text("/status/totalViolations")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse((long) listed.size());
    }

    long unlisted() {
        return Math.max(0, total() - listed.size());
    }

    /** What its pods say of it. */
    int errors() {
        return object.items("/status/byPod").stream()
                .mapToInt(pod -> pod.items("/errors").size())
                .sum();
    }

    List<KubernetesObject> in(String namespace) {
        return listed.stream().filter(violation -> isIn(namespace, violation)).toList();
    }

    /** A namespace itself lies in none. */
    private static boolean isIn(String namespace, KubernetesObject violation) {
        boolean itself = violation.text("/kind", "").equals("Namespace")
                && violation.text("/name", "").equals(namespace);
        return itself || violation.text("/namespace", "").equals(namespace);
    }
}
