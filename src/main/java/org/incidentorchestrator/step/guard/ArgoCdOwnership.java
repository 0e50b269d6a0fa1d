package org.incidentorchestrator.step.guard;

import java.util.List;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What Argo CD heals by itself is again as git says within seconds: replicas, bounds, limits, whatever field git has. Where
 * its applications are not installed or may not be read, nobody knows, and the change is allowed.
 */
@Component
@Order(80)
final class ArgoCdOwnership implements StepGuard {
    private final ArgoCdSettings argoCd;

    ArgoCdOwnership(ArgoCdSettings argoCd) {
        this.argoCd = argoCd;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        if (!(effect instanceof Effect.OnCluster on) || !(on.change() instanceof Change.Patch patch)) {
            return Verdict.ALLOWED;
        }
        if (isolationToCome(patch, context, call)) {
            return Verdict.ALLOWED;
        }
        List<ArgoTracking> tracking = ArgoTracking.of(KubernetesObject.of(on.now()));
        if (tracking.isEmpty()) {
            return Verdict.ALLOWED;
        }
        DeclaredFields declared = DeclaredFields.of(object(on, context));
        List<PatchedField> fields =
                PatchedField.of(patch).stream().filter(declared::has).toList();
        return (fields.isEmpty() ? List.<KubernetesObject>of() : applications(context))
                .stream()
                        .filter(app -> tracking.stream().anyMatch(names -> names.names(app)))
                        .map(app -> new SelfHealing(app, declared.object()))
                        .flatMap(app -> fields.stream()
                                .filter(app::takesBack)
                                .map(field -> refused(app, field, patch.target())))
                        .findFirst()
                        .orElse(Verdict.ALLOWED);
    }

    /**
     * An isolation is approved together with the pause of whoever would take it back, and so proposed before that pause; a
     * rehearsal pauses nothing. Where it is made, the pause has to have come first.
     */
    private static boolean isolationToCome(Change.Patch patch, StepContext context, StepCall call) {
        boolean proposed = call.proposalId().isEmpty() || context.mode() == Mode.REHEARSE;
        return proposed && patch.identity() == Identity.ISOLATE;
    }

    /** With its field managers, which a change does not show. */
    private static KubernetesObject object(Effect.OnCluster on, StepContext context) {
        Target target = on.target();
        return ResourceType.ofKind(target.kind())
                .flatMap(type -> context.cluster().get(type, target.namespace(), target.name()))
                .orElseGet(() -> KubernetesObject.of(on.now()));
    }

    private List<KubernetesObject> applications(StepContext context) {
        try {
            return context.cluster().list(ResourceType.ARGO_APPLICATIONS, Query.in(argoCd.namespace()));
        } catch (ClusterFailure failure) {
            return switch (failure.kind()) {
                case NOT_INSTALLED, FORBIDDEN -> List.of();
                default -> throw failure;
            };
        }
    }

    private static Verdict refused(SelfHealing app, PatchedField field, Target target) {
        return Verdict.refused(
                "ownedByArgoCd",
                "Argo CD application %s heals %s by itself, and would take the change of %s back."
                        .formatted(app.name(), target, field.text()),
                "Pause self-healing of the application first, or change it in git.");
    }
}
