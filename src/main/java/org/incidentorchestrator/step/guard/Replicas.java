package org.incidentorchestrator.step.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.step.Effect;

/** The number of replicas that a change sets; empty for every other change. */
final class Replicas {
    private Replicas() {}

    static OptionalInt setBy(Effect effect) {
        if (effect instanceof Effect.OnCluster on && on.change() instanceof Change.Patch patch) {
            JsonNode replicas = patch.body().at("/spec/replicas");
            return replicas.isInt() ? OptionalInt.of(replicas.intValue()) : OptionalInt.empty();
        }
        return OptionalInt.empty();
    }
}
