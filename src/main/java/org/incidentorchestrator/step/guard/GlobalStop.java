package org.incidentorchestrator.step.guard;

import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.incidentorchestrator.step.Stop;
import org.incidentorchestrator.step.StopSwitch;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** While somebody has stopped everything, nothing is changed. */
@Component
@Order(20)
final class GlobalStop implements StepGuard {
    private final StopSwitch stop;

    GlobalStop(StopSwitch stop) {
        this.stop = stop;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        return stop.now()
                .map(held -> Verdict.refused(Stop.REASON, held.inWords(), Stop.REMEDY))
                .orElse(Verdict.ALLOWED);
    }
}
