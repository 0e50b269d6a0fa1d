package org.incidentorchestrator.step.guard;

import java.time.Clock;
import java.util.Optional;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.StandingGuard;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** During a freeze nothing is changed. */
@Component
@Order(40)
final class FreezeWindow implements StandingGuard {
    private final GuardSettings settings;
    private final Clock clock;

    FreezeWindow(GuardSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Optional<Verdict.Refused> stands() {
        return settings.freeze().stream()
                .filter(freeze -> freeze.holdsAt(clock.instant()))
                .findFirst()
                .map(freeze -> new Verdict.Refused(
                        RefusalCode.REFUSED,
                        "frozen",
                        "Changes are frozen until %s: %s".formatted(freeze.to(), freeze.reason()),
                        "Wait, or have whoever decided the freeze end it in the setting step.freeze."));
    }
}
