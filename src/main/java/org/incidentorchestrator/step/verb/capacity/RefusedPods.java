package org.incidentorchestrator.step.verb.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubernetesObject;

/**
 * Controllers whose pods a quota does not let be made: the change that asked for them was accepted, and no pod tells of
 * it. Their replica sets do by a condition, other controllers by events alone.
 *
 * @param byController what the API server said, by {@code ReplicaSet/name}
 */
record RefusedPods(Map<String, String> byController) {
    private static final Duration RECENT = Duration.ofMinutes(30);

    static RefusedPods of(List<KubernetesObject> replicaSets, List<EventView> events, Instant now) {
        Map<String, String> refused = new TreeMap<>();
        events.stream()
                .filter(event -> event.reason().equals("FailedCreate") && quota(event.message()))
                .filter(event -> event.at().isAfter(now.minus(RECENT)))
                .filter(event -> !event.object().startsWith("ReplicaSet/"))
                .forEach(event -> refused.put(event.object(), event.message()));
        for (KubernetesObject set : replicaSets) {
            set.items("/status/conditions").stream()
                    .filter(condition -> condition.text("/type", "").equals("ReplicaFailure"))
                    .map(condition -> condition.text("/message", ""))
                    .filter(RefusedPods::quota)
                    .forEach(message -> refused.put("ReplicaSet/" + set.name(), message));
        }
        return new RefusedPods(refused);
    }

    /** As the quota admission words it: more than there is, or nothing said of what is counted. */
    private static boolean quota(String message) {
        return message.contains("exceeded quota") || message.contains("failed quota");
    }

    /** {@code none} when there are none. */
    String text() {
        return byController.isEmpty()
                ? "none"
                : byController.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .collect(Collectors.joining("; "));
    }
}
