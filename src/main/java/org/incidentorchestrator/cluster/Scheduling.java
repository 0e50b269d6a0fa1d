package org.incidentorchestrator.cluster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the scheduler has no node for a pod, of its own message in the condition PodScheduled.
 *
 * @param blocker what holds up the most nodes
 * @param reasons each with its number of nodes, as the scheduler counts them: {@code 2 Insufficient cpu}
 */
public record Scheduling(Blocker blocker, List<String> reasons) {
    private static final Pattern HEAD = Pattern.compile("^\\d+/\\d+ nodes are available: ");
    private static final Pattern NUMBER = Pattern.compile("^(\\d+) ");

    /** What a person has to look at. */
    public enum Blocker {
        /** A claim that is not there, not bound, or bound elsewhere. */
        VOLUME("volume", "volume", "persistentvolume"),
        /** Too little of a resource is left, or a port or all pod places are taken. */
        RESOURCES("resources", "insufficient", "too many pods", "free ports"),
        TAINT("taint", "taint"),
        /** Selectors, affinity and topology spread, of nodes and of pods. */
        AFFINITY("affinity", "affinity", "didn't match", "topology spread"),
        /** They are cordoned, or there are none. */
        NODES("nodes", "unschedulable", "no nodes available", "no nodes"),
        /** Somebody holds the pod back by a scheduling gate. */
        GATE("gate", "gate"),
        OTHER("other"),
        NONE("none");

        private final String word;
        private final List<String> signs;

        Blocker(String word, String... signs) {
            this.word = word;
            this.signs = List.of(signs);
        }

        /** As it stands in the models. */
        public String word() {
            return word;
        }

        static Blocker of(String reason) {
            String lower = reason.toLowerCase(java.util.Locale.ROOT);
            return Arrays.stream(values())
                    .filter(blocker -> blocker.signs.stream().anyMatch(lower::contains))
                    .findFirst()
                    .orElse(OTHER);
        }
    }

    public static Scheduling of(KubernetesObject pod) {
        Optional<KubernetesObject> held = pod.items("/status/conditions").stream()
                .filter(condition -> condition.text("/type", "").equals("PodScheduled"))
                .filter(condition -> condition.text("/status", "").equals("False"))
                .findFirst();
        if (held.isEmpty()) {
            return new Scheduling(Blocker.NONE, List.of());
        }
        boolean gated = held.get().text("/reason", "").equals("SchedulingGated");
        List<String> reasons = reasons(held.get().text("/message", ""));
        return new Scheduling(gated ? Blocker.GATE : blocker(reasons), reasons);
    }

    /** What pre-emption would not help either says nothing new. */
    private static List<String> reasons(String message) {
        String reasons =
                HEAD.matcher(message.replaceAll("\\.? preemption: .*$", "")).replaceFirst("");
        return Arrays.stream(reasons.split(", (?=\\d+ )"))
                .map(reason -> reason.strip().replaceAll("\\.$", ""))
                .filter(reason -> !reason.isEmpty())
                .toList();
    }

    private static Blocker blocker(List<String> reasons) {
        return reasons.stream()
                .max(Comparator.comparingInt(Scheduling::nodes))
                .map(Blocker::of)
                .orElse(Blocker.OTHER);
    }

    private static int nodes(String reason) {
        Matcher number = NUMBER.matcher(reason);
        return number.find() && number.group(1).length() < 9 ? Integer.parseInt(number.group(1)) : Integer.MAX_VALUE;
    }

    public String text() {
        return String.join("; ", reasons);
    }
}
