package org.incidentorchestrator.step.guard;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;

/** Those of the guards that ask the cluster. */
public final class ClusterGuards {
    private ClusterGuards() {}

    /** Has them ask what they ask before a change. */
    public static void examine(Effect effect, StepContext context, String step, String argoCd) {
        Incident incident = context.incident().orElseThrow();
        var call = new StepCall(
                step,
                "job",
                "act",
                0,
                incident.number(),
                "run",
                "run",
                context.mode(),
                Map.of(),
                OptionalLong.of(1),
                false);
        List<StepGuard> guards = List.of(
                new AutoscalerOwnership(), new ArgoCdOwnership(new ArgoCdSettings(argoCd)), new DisruptionBudget());
        guards.forEach(guard -> guard.examine(effect, context, call));
    }
}
