package org.incidentorchestrator.step.verb.scaling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.AutoscalerView;
import org.incidentorchestrator.cluster.AutoscalerView.State;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ScaledObjectView;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.StepFailure;

/**
 * Where more replicas are asked for so that they last: whoever scales a workload by itself takes back within seconds
 * what is set past it.
 *
 * @param word replicas, minReplicas, maxReplicas, bounds (both), minReplicaCount, maxReplicaCount or counts (both)
 * @param object what is changed: the workload, its autoscaler, or KEDA's ScaledObject
 * @param fields of its {@code spec}, with what they are set to
 * @param from what the first of them was; @param to what it becomes
 * @param why for people
 */
record Lever(String word, KubernetesObject object, Map<String, Integer> fields, int from, int to, String why) {
    Lever {
        fields = Map.copyOf(fields);
    }

    /** Nobody scales it but people. */
    static Lever replicas(WorkloadView workload, int to, String why) {
        return new Lever("replicas", workload.object(), Map.of("replicas", to), workload.desired(), to, why);
    }

    static Lever of(WorkloadView workload, Scaling scaling, int atLeast, Instant now) {
        if (scaling.scaledObject().isPresent()) {
            return keda(workload, scaling.scaledObject().get(), scaling, atLeast, now);
        }
        if (scaling.autoscaler().isEmpty()) {
            return replicas(workload, atLeast, "no autoscaler scales it");
        }
        AutoscalerView autoscaler = scaling.autoscaler().get();
        if (autoscaler.scaledObject().isPresent()) {
            throw unseenOwner(autoscaler);
        }
        if (!autoscaler.overrules(atLeast)) {
            return replicas(workload, atLeast, "its autoscaler " + autoscaler.name() + " does not work");
        }
        var bounds = new Bounds(
                autoscaler.object(), "minReplicas", "maxReplicas", "bounds", autoscaler.min(), autoscaler.max());
        return bounds.lever(workload, autoscaler.state(now), autoscaler.broken(), atLeast);
    }

    private static Lever keda(
            WorkloadView workload, ScaledObjectView scaled, Scaling scaling, int atLeast, Instant now) {
        if (scaled.paused()) {
            throw StepFailure.refused(
                    "autoscalerPaused",
                    "KEDA's ScaledObject %s of %s is paused: somebody holds its replicas where they are."
                            .formatted(scaled.name(), workload.target()),
                    "Ask who paused it; take its annotation autoscaling.keda.sh/paused… away first.");
        }
        var bounds =
                new Bounds(scaled.object(), "minReplicaCount", "maxReplicaCount", "counts", scaled.min(), scaled.max());
        State state = scaling.autoscaler().map(one -> one.state(now)).orElse(State.UNKNOWN);
        boolean broken = scaling.autoscaler().filter(AutoscalerView::broken).isPresent();
        return bounds.lever(workload, state, broken, atLeast);
    }

    private static StepFailure unseenOwner(AutoscalerView autoscaler) {
        String owner = autoscaler.scaledObject().orElseThrow();
        return StepFailure.refused(
                "ownerNotFound",
                "Autoscaler %s belongs to KEDA's ScaledObject %s, which is not there or scales something else."
                        .formatted(autoscaler.name(), owner),
                "See what keeps the autoscaler ('kubectl get scaledobjects'), and scale by hand.");
    }

    /** The patch's body; the caller may add to it. */
    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode spec = body.withObject("/spec");
        new TreeMap<>(fields).forEach(spec::put);
        return body;
    }

    /** Between which numbers an autoscaler of either kind works. */
    private record Bounds(KubernetesObject object, String lower, String upper, String both, int min, int max) {

        Lever lever(WorkloadView workload, State state, boolean broken, int atLeast) {
            if (atLeast > max && broken) {
                // It keeps its bounds though it cannot measure: both together are a number.
                return new Lever(
                        both,
                        object,
                        Map.of(lower, atLeast, upper, atLeast),
                        min,
                        atLeast,
                        object.name() + " cannot measure, and keeps at most " + max);
            }
            if (atLeast > max && (state == State.AT_MAXIMUM || workload.desired() >= max)) {
                return new Lever(
                        upper, object, Map.of(upper, atLeast), max, atLeast, object.name() + " is at its maximum");
            }
            int to = Math.min(atLeast, max);
            if (min >= to) {
                throw StepFailure.refused(
                        "alreadyScaled",
                        "%s keeps %s at %d replicas at least already, %d were asked for and it has %d."
                                .formatted(object.target(), workload.target(), min, atLeast, workload.desired()),
                        "Look why the pods are not there: its events, the quota, the room on the nodes.");
            }
            String capped = to < atLeast ? ", and keeps at most " + max : "";
            return new Lever(lower, object, Map.of(lower, to), min, to, object.name() + " scales it" + capped);
        }
    }
}
