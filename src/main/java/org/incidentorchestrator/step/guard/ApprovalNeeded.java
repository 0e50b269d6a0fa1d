package org.incidentorchestrator.step.guard;

import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What takes something away that does not come back by itself needs a second person's approval. Nobody can give one yet,
 * so that it can be planned and rehearsed, and is not done.
 */
@Component
@Order(30)
final class ApprovalNeeded implements StepGuard {
    private final StepCatalogue catalogue;

    ApprovalNeeded(StepCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        if (context.mode() == Mode.REHEARSE || !catalogue.needingApproval().contains(call.step())) {
            return Verdict.ALLOWED;
        }
        return Verdict.refused(
                "approvalNeeded",
                "%s of %s needs the approval of a second person, and this program cannot ask for one."
                        .formatted(call.step(), effect.target()),
                "Rehearse it (step.mode=REHEARSE) to see what it would do; then do it by hand with its kubectl line.");
    }
}
