package org.incidentorchestrator.cluster;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What kubectl makes of a pod's many statuses. The rule, in short: what holds up the initialisation, else the reason of
 * the first container that has one, else the phase; and a pod being deleted is Terminating.
 */
record PodStatus(String word, int ready, int containers, int restarts, Optional<Instant> lastRestart) {

    static PodStatus of(KubernetesObject pod) {
        Set<String> sidecars = pod.items("/spec/initContainers").stream()
                .filter(container -> container.text("/restartPolicy", "").equals("Always"))
                .map(container -> container.text("/name", ""))
                .collect(Collectors.toSet());
        List<KubernetesObject> inits = pod.items("/status/initContainerStatuses");
        List<KubernetesObject> mains = pod.items("/status/containerStatuses");
        Optional<String> held = heldUp(pod, inits, sidecars);
        boolean initialised = held.isEmpty() || PodView.condition(pod, "Initialized");
        List<KubernetesObject> counted = initialised
                ? java.util.stream.Stream.concat(
                                inits.stream().filter(status -> sidecars.contains(status.text("/name", ""))),
                                mains.stream())
                        .toList()
                : inits;
        String word = initialised ? running(pod, mains, held.orElseGet(() -> phase(pod))) : held.orElseThrow();
        long ready = inits.stream()
                        .filter(status -> started(status, sidecars) && status.flag("/ready"))
                        .count()
                + (initialised
                        ? mains.stream().filter(PodStatus::readyAndRunning).count()
                        : 0);
        return new PodStatus(
                deleted(pod, word),
                (int) ready,
                pod.items("/spec/containers").size() + sidecars.size(),
                counted.stream()
                        .mapToInt(status -> status.number("/restartCount", 0))
                        .sum(),
                counted.stream()
                        .flatMap(status -> status.time("/lastState/terminated/finishedAt").stream())
                        .max(Comparator.naturalOrder()));
    }

    private static String phase(KubernetesObject pod) {
        boolean gated = pod.items("/status/conditions").stream()
                .anyMatch(condition -> condition.text("/type", "").equals("PodScheduled")
                        && condition.text("/reason", "").equals("SchedulingGated"));
        return gated
                ? "SchedulingGated"
                : pod.text("/status/reason")
                        .filter(reason -> !reason.isEmpty())
                        .orElse(pod.text("/status/phase", "Unknown"));
    }

    /** What the first init container that is not done says; empty when all are done. */
    private static Optional<String> heldUp(KubernetesObject pod, List<KubernetesObject> inits, Set<String> sidecars) {
        for (int i = 0; i < inits.size(); i++) {
            KubernetesObject status = inits.get(i);
            boolean done = status.number("/state/terminated/exitCode", -1) == 0;
            if (!done && !started(status, sidecars)) {
                String waiting = status.text("/state/waiting/reason", "");
                if (status.at("/state/terminated").exists()) {
                    return Optional.of("Init:" + terminated(status));
                }
                boolean reasoned = !waiting.isEmpty() && !waiting.equals("PodInitializing");
                return Optional.of("Init:"
                        + (reasoned
                                ? waiting
                                : i + "/" + pod.items("/spec/initContainers").size()));
            }
        }
        return Optional.empty();
    }

    private static boolean started(KubernetesObject status, Set<String> sidecars) {
        return sidecars.contains(status.text("/name", "")) && status.flag("/started");
    }

    private static String running(KubernetesObject pod, List<KubernetesObject> mains, String otherwise) {
        String word = mains.stream()
                .map(PodStatus::reason)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse(otherwise);
        if (word.equals("Completed") && mains.stream().anyMatch(PodStatus::readyAndRunning)) {
            return PodView.condition(pod, "Ready") ? "Running" : "NotReady";
        }
        return word;
    }

    private static String reason(KubernetesObject status) {
        String waiting = status.text("/state/waiting/reason", "");
        return waiting.isEmpty() && status.at("/state/terminated").exists() ? terminated(status) : waiting;
    }

    private static String terminated(KubernetesObject status) {
        String reason = status.text("/state/terminated/reason", "");
        if (!reason.isEmpty()) {
            return reason;
        }
        int signal = status.number("/state/terminated/signal", 0);
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + status.number("/state/terminated/exitCode", 0);
    }

    private static boolean readyAndRunning(KubernetesObject status) {
        return status.flag("/ready") && status.at("/state/running").exists();
    }

    private static String deleted(KubernetesObject pod, String word) {
        if (!pod.at("/metadata/deletionTimestamp").exists()) {
            return word;
        }
        if (pod.text("/status/reason", "").equals("NodeLost")) {
            return "Unknown";
        }
        String phase = pod.text("/status/phase", "");
        return phase.equals("Succeeded") || phase.equals("Failed") ? word : "Terminating";
    }
}
