package org.incidentorchestrator.step.guard;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whoever scales by hand what an autoscaler scales is overruled by it within seconds. */
@Component
@Order(70)
final class AutoscalerOwnership implements StepGuard {
    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        if (Replicas.setBy(effect).isEmpty()) {
            return Verdict.ALLOWED;
        }
        return autoscalers(effect.target(), context).stream()
                .filter(autoscaler -> scales(autoscaler, effect.target()))
                .findFirst()
                .map(autoscaler -> refused(autoscaler, effect.target()))
                .orElse(Verdict.ALLOWED);
    }

    private static List<KubernetesObject> autoscalers(Target target, StepContext context) {
        try {
            return context.cluster().list(ResourceType.AUTOSCALERS, Query.in(target.namespace()));
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.NOT_INSTALLED) {
                return List.of();
            }
            throw failure;
        }
    }

    private static boolean scales(KubernetesObject autoscaler, Target target) {
        return autoscaler.text("/spec/scaleTargetRef/kind", "").equals(target.kind())
                && autoscaler.text("/spec/scaleTargetRef/name", "").equals(target.name());
    }

    private static Verdict refused(KubernetesObject autoscaler, Target target) {
        Optional<String> keda = autoscaler
                .controller()
                .filter(owner -> owner.text("/kind", "").equals("ScaledObject"))
                .map(owner -> owner.text("/name", ""));
        String owner = "HorizontalPodAutoscaler " + autoscaler.name()
                + keda.map(scaled -> " of KEDA's ScaledObject " + scaled).orElse("");
        return Verdict.refused(
                "ownedByAutoscaler",
                "%s keeps %s between %d and %d replicas, and would take the change back."
                        .formatted(
                                owner,
                                target,
                                autoscaler.number("/spec/minReplicas", 1),
                                autoscaler.number("/spec/maxReplicas", 1)),
                keda.map(scaled -> "Raise minReplicaCount of ScaledObject " + scaled + ".")
                        .orElse("Raise spec.minReplicas of " + autoscaler.name() + "."));
    }
}
