package org.incidentorchestrator.step.guard;

import java.time.Clock;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** During a freeze nothing is changed. */
@Component
@Order(40)
final class FreezeWindow implements StepGuard {
    private final GuardSettings settings;
    private final Clock clock;

    FreezeWindow(GuardSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        return settings.freeze().stream()
                .filter(freeze -> freeze.holdsAt(clock.instant()))
                .findFirst()
                .map(freeze -> Verdict.refused(
                        "frozen",
                        "Changes are frozen until %s: %s".formatted(freeze.to(), freeze.reason()),
                        "Wait, or have whoever decided the freeze end it in the setting step.freeze."))
                .orElse(Verdict.ALLOWED);
    }
}
