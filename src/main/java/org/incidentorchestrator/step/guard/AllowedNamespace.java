package org.incidentorchestrator.step.guard;

import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Only objects of the namespaces that were named are changed. A script is named by the catalogue instead. */
@Component
@Order(30)
final class AllowedNamespace implements StepGuard {
    private final ClusterSettings settings;

    AllowedNamespace(ClusterSettings settings) {
        this.settings = settings;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        return !(effect instanceof Effect.OnCluster)
                        || settings.allows(effect.target().namespace())
                ? Verdict.ALLOWED
                : Verdict.refused(
                        "namespaceNotAllowed",
                        effect.target() + " is in a namespace that this program must not change.",
                        "Act by hand, or add the namespace to the setting cluster.namespaces.");
    }
}
