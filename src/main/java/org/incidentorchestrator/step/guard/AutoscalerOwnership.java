package org.incidentorchestrator.step.guard;

import java.util.OptionalInt;
import org.incidentorchestrator.cluster.AutoscalerView;
import org.incidentorchestrator.cluster.ScaledObjectView;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Whoever scales by hand what an autoscaler scales is overruled by it within seconds. One that cannot measure overrules
 * nobody within its bounds, and 0 replicas switch it off; KEDA does not let itself be switched off that way.
 */
@Component
@Order(70)
final class AutoscalerOwnership implements StepGuard {
    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        OptionalInt replicas = Replicas.setBy(effect);
        if (replicas.isEmpty()) {
            return Verdict.ALLOWED;
        }
        Target target = effect.target();
        Scaling scaling = Scaling.of(target, context.cluster());
        return scaling.scaledObject()
                .map(scaled -> refused(scaled, target))
                .or(() -> scaling.autoscaler()
                        .filter(autoscaler -> autoscaler.overrules(replicas.getAsInt()))
                        .map(autoscaler -> refused(autoscaler, target)))
                .orElse(Verdict.ALLOWED);
    }

    private static Verdict refused(ScaledObjectView scaled, Target target) {
        return refused(
                "KEDA's ScaledObject " + scaled.name(),
                target,
                scaled.min(),
                scaled.max(),
                "Raise minReplicaCount of ScaledObject %s, or pause it with its annotation %s."
                        .formatted(scaled.name(), ScaledObjectView.PAUSED_REPLICAS));
    }

    private static Verdict refused(AutoscalerView autoscaler, Target target) {
        return refused(
                "HorizontalPodAutoscaler " + autoscaler.name()
                        + autoscaler
                                .scaledObject()
                                .map(keda -> " of KEDA's ScaledObject " + keda)
                                .orElse(""),
                target,
                autoscaler.min(),
                autoscaler.max(),
                autoscaler
                        .scaledObject()
                        .map(keda -> "Raise minReplicaCount of ScaledObject " + keda + ".")
                        .orElse("Raise spec.minReplicas of " + autoscaler.name() + "."));
    }

    private static Verdict refused(String owner, Target target, int min, int max, String remedy) {
        return Verdict.refused(
                "ownedByAutoscaler",
                "%s keeps %s between %d and %d replicas, and would take the change back."
                        .formatted(owner, target, min, max),
                remedy);
    }
}
