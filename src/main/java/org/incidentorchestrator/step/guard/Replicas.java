package org.incidentorchestrator.step.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.step.Effect;

/** The numbers of replicas that a change sets or lets somebody set; empty for every other change. */
final class Replicas {
    private static final String DIRECTLY = "/spec/replicas";

    private Replicas() {}

    /** Of a workload itself. */
    static OptionalInt setBy(Effect effect) {
        return numbers(effect, DIRECTLY);
    }

    /** Also by the bounds of an autoscaler, or of KEDA's ScaledObject: the most that any of them asks for. */
    static OptionalInt askedBy(Effect effect) {
        return numbers(
                effect,
                DIRECTLY,
                "/spec/minReplicas",
                "/spec/maxReplicas",
                "/spec/minReplicaCount",
                "/spec/maxReplicaCount");
    }

    private static OptionalInt numbers(Effect effect, String... pointers) {
        if (effect instanceof Effect.OnCluster on && on.change() instanceof Change.Patch patch) {
            JsonNode body = patch.body();
            return Stream.of(pointers)
                    .map(body::at)
                    .filter(JsonNode::isInt)
                    .mapToInt(JsonNode::intValue)
                    .max();
        }
        return OptionalInt.empty();
    }
}
