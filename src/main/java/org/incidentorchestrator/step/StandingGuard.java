package org.incidentorchestrator.step;

import java.util.Optional;

/** A guard that refuses every change alike while it does: what it says does not depend on what would be changed. */
public interface StandingGuard extends StepGuard {
    /** Why nothing is changed now; none while it refuses nothing. */
    Optional<Verdict.Refused> stands();

    @Override
    default Verdict examine(Effect effect, StepContext context, StepCall call) {
        return stands().<Verdict>map(refused -> refused).orElse(Verdict.ALLOWED);
    }
}
