package org.incidentorchestrator.step.guard;

import java.util.List;
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

/**
 * What Argo CD heals by itself has the replicas that git says, again within seconds. Where its applications are not
 * installed or may not be read, nobody knows, and the change is allowed.
 */
@Component
@Order(80)
final class ArgoCdOwnership implements StepGuard {
    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        if (Replicas.setBy(effect).isEmpty() || !(effect instanceof Effect.OnCluster on)) {
            return Verdict.ALLOWED;
        }
        KubernetesObject object = KubernetesObject.of(on.now());
        List<ArgoTracking> tracking = ArgoTracking.of(object);
        return (tracking.isEmpty() ? List.<KubernetesObject>of() : applications(context))
                .stream()
                        .filter(app -> tracking.stream().anyMatch(names -> names.names(app)))
                        .filter(app -> heals(app, object))
                        .findFirst()
                        .map(app -> refused(app, effect.target()))
                        .orElse(Verdict.ALLOWED);
    }

    private static List<KubernetesObject> applications(StepContext context) {
        try {
            return context.cluster().list(ResourceType.ARGO_APPLICATIONS, Query.in(""));
        } catch (ClusterFailure failure) {
            return switch (failure.kind()) {
                case NOT_INSTALLED, FORBIDDEN -> List.of();
                default -> throw failure;
            };
        }
    }

    private static boolean heals(KubernetesObject app, KubernetesObject object) {
        List<KubernetesObject> resources = app.items("/status/resources");
        boolean manages = resources.isEmpty()
                || resources.stream()
                        .anyMatch(resource -> resource.text("/kind", "").equals(object.kind())
                                && resource.text("/namespace", "").equals(object.namespace())
                                && resource.text("/name", "").equals(object.name()));
        boolean ignored = app.items("/spec/ignoreDifferences").stream()
                .filter(rule -> rule.text("/kind", "").equals(object.kind()))
                .flatMap(rule -> rule.items("/jsonPointers").stream())
                .anyMatch(pointer -> pointer.text("", "").equals("/spec/replicas"));
        return app.flag("/spec/syncPolicy/automated/selfHeal") && manages && !ignored;
    }

    private static Verdict refused(KubernetesObject app, Target target) {
        return Verdict.refused(
                "ownedByArgoCd",
                "Argo CD application %s heals %s by itself, and would take the change back."
                        .formatted(app.name(), target),
                "Change the replicas in git, or switch selfHeal of the application off for the time being.");
    }
}
