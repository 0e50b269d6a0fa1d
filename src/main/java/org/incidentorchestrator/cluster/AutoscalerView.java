package org.incidentorchestrator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.Target;

/** A HorizontalPodAutoscaler (autoscaling/v2): what it scales, how it fares, and what it would take back. */
public record AutoscalerView(KubernetesObject object) {
    /** It does nothing about a difference below this (kube-controller-manager's default). */
    private static final double TOLERANCE = 1.1;
    /** Three of its rounds. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /** Whether it does what it is for. */
    public enum State {
        RESPONDING("responding"),
        /** It wants more replicas than it may have: it works as it was told to. */
        AT_MAXIMUM("atMaximum"),
        /** It cannot measure or cannot scale, or has long done nothing about a metric above its target. */
        NOT_RESPONDING("notResponding"),
        /** What it scales has 0 replicas: it does nothing until that changes. */
        DISABLED("disabled"),
        /** It has not said anything yet. */
        UNKNOWN("unknown");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As it stands in the models. */
        public String word() {
            return word;
        }
    }

    public String name() {
        return object.name();
    }

    public boolean scales(Target workload) {
        return object.namespace().equals(workload.namespace())
                && object.text("/spec/scaleTargetRef/kind", "").equals(workload.kind())
                && object.text("/spec/scaleTargetRef/name", "").equals(workload.name());
    }

    /** {@code Deployment/mcp-gateway}. */
    public String reference() {
        return object.text("/spec/scaleTargetRef/kind", "") + "/" + object.text("/spec/scaleTargetRef/name", "");
    }

    public int min() {
        return object.number("/spec/minReplicas", 1);
    }

    public int max() {
        return object.number("/spec/maxReplicas", min());
    }

    public int current() {
        return object.number("/status/currentReplicas", 0);
    }

    public int desired() {
        return object.number("/status/desiredReplicas", 0);
    }

    /** The ScaledObject of KEDA that made it, and that makes it anew as soon as it is changed. */
    public Optional<String> scaledObject() {
        return object.controller()
                .filter(owner -> owner.text("/kind", "").equals(ResourceType.SCALED_OBJECTS.kind()))
                .map(owner -> owner.text("/name", ""));
    }

    public List<AutoscalerMetric> metrics() {
        List<KubernetesObject> measured = object.items("/status/currentMetrics");
        return object.items("/spec/metrics").stream()
                .map(metric -> AutoscalerMetric.of(metric, measured))
                .toList();
    }

    /** {@code cpu 93%/80%, requests <unknown>/100}. */
    public String measured() {
        return metrics().stream().map(AutoscalerMetric::text).collect(Collectors.joining(", "));
    }

    public State state(Instant now) {
        if (condition("ScalingActive").isEmpty() && condition("AbleToScale").isEmpty()) {
            return State.UNKNOWN;
        }
        if (is("ScalingActive", "False", "ScalingDisabled")) {
            return State.DISABLED;
        }
        if (broken()) {
            return State.NOT_RESPONDING;
        }
        if (is("ScalingLimited", "True", "TooManyReplicas")) {
            return State.AT_MAXIMUM;
        }
        return stuck(now) ? State.NOT_RESPONDING : State.RESPONDING;
    }

    /** It cannot measure or cannot scale. Even so it keeps its bounds, which need no measuring. */
    public boolean broken() {
        return !is("ScalingActive", "False", "ScalingDisabled")
                && (is("ScalingActive", "False", "") || is("AbleToScale", "False", ""));
    }

    /**
     * Whether it would take a number back that somebody sets by hand. 0 switches it off. One that cannot measure leaves
     * alone what is within its bounds.
     */
    public boolean overrules(int replicas) {
        if (replicas == 0 || is("ScalingActive", "False", "ScalingDisabled")) {
            return false;
        }
        return !broken() || replicas < min() || replicas > max();
    }

    /** A metric is above its target, and for longer than it takes to notice nothing was done about it. */
    private boolean stuck(Instant now) {
        boolean over =
                metrics().stream().flatMap(metric -> metric.ratio().stream()).anyMatch(ratio -> ratio > TOLERANCE);
        Instant last = object.time("/status/lastScaleTime")
                .or(() -> object.time("/metadata/creationTimestamp"))
                .orElse(now);
        Duration window = Duration.ofSeconds(object.number("/spec/behavior/scaleUp/stabilizationWindowSeconds", 0));
        return over
                && desired() <= current()
                && current() < max()
                && now.isAfter(last.plus(PATIENCE).plus(window));
    }

    /** What its conditions say, the worst first: {@code FailedGetResourceMetric: …}; empty when all is well. */
    public String trouble() {
        return object.items("/status/conditions").stream()
                .filter(condition ->
                        condition.text("/status", "").equals(troubled(condition.text("/type", "")) ? "True" : "False"))
                .map(condition -> condition.text("/reason", "") + ": " + condition.text("/message", ""))
                .collect(Collectors.joining("; "));
    }

    /** Of the three conditions two say "True" when all is well, and one when it is not. */
    private static boolean troubled(String type) {
        return type.equals("ScalingLimited");
    }

    private boolean is(String type, String status, String reason) {
        return condition(type)
                .filter(condition -> condition.text("/status", "").equals(status))
                .filter(condition ->
                        reason.isEmpty() || condition.text("/reason", "").equals(reason))
                .isPresent();
    }

    private Optional<KubernetesObject> condition(String type) {
        return object.items("/status/conditions").stream()
                .filter(condition -> condition.text("/type", "").equals(type))
                .findFirst();
    }

    /** What {@code kubectl get hpa} prints, with the verdict and KEDA's ScaledObject beside it. */
    public static Table table(List<AutoscalerView> autoscalers, Instant now) {
        Table table =
                Table.of("NAME", "REFERENCE", "TARGETS", "MINPODS", "MAXPODS", "REPLICAS", "AGE", "VERDICT", "KEDA");
        autoscalers.forEach(one -> table.row(
                one.name(),
                one.reference(),
                one.measured(),
                one.min(),
                one.max(),
                one.current(),
                Age.of(one.object.time("/metadata/creationTimestamp"), now),
                one.state(now).word(),
                one.scaledObject().orElse("")));
        return table;
    }
}
