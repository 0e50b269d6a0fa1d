package org.incidentorchestrator.step.guard;

import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Only objects of the namespaces that were named are changed, and of Argo CD's namespace its applications. A script is
 * named by the catalogue instead.
 */
@Component
@Order(30)
final class AllowedNamespace implements StepGuard {
    private final ClusterSettings settings;
    private final ArgoCdSettings argoCd;

    AllowedNamespace(ClusterSettings settings, ArgoCdSettings argoCd) {
        this.settings = settings;
        this.argoCd = argoCd;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        boolean allowed = !(effect instanceof Effect.OnCluster)
                || settings.allows(effect.target().namespace())
                || argoCd.owns(effect.target());
        return allowed
                ? Verdict.ALLOWED
                : Verdict.refused(
                        "namespaceNotAllowed",
                        effect.target() + " is in a namespace that this program must not change.",
                        "Act by hand, or add the namespace to the setting cluster.namespaces.");
    }
}
