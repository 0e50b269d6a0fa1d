package org.incidentorchestrator.step;

import java.util.List;
import java.util.stream.Collectors;
import org.incidentorchestrator.step.Effect.OnCluster;

/** A step's plan together with what it was made from. */
record Planned(Step<?, ?> step, Record input, StepContext context, Plan<? extends Record> plan) {
    List<OnCluster> changes() {
        return plan.effects().stream().map(OnCluster.class::cast).toList();
    }

    String kubectl() {
        return String.join("\n", plan.kubectl());
    }

    /** The same for the same change of the same object in the same cluster, decided on the same values. */
    String hash() {
        String effects = changes().stream()
                .map(effect -> ChangeJson.canonical(effect.change()) + "\n" + Json.write(effect.before()))
                .collect(Collectors.joining("\n"));
        return Digest.sha256(context.cluster().cluster().uid() + "\n" + step.name() + "\n" + effects);
    }
}
