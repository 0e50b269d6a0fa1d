package org.incidentorchestrator.step.guard;

import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** No workload gets more replicas than the platform has room for (runbook A06). */
@Component
@Order(60)
final class MaxReplicas implements StepGuard {
    private final GuardSettings settings;

    MaxReplicas(GuardSettings settings) {
        this.settings = settings;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        int replicas = Replicas.askedBy(effect).orElse(0);
        return replicas <= settings.maxReplicas()
                ? Verdict.ALLOWED
                : Verdict.refused(
                        "tooManyReplicas",
                        "%s would get up to %d replicas, and at most %d are allowed."
                                .formatted(effect.target(), replicas, settings.maxReplicas()),
                        "Look for another remedy, or raise the setting step.max-replicas.");
    }
}
