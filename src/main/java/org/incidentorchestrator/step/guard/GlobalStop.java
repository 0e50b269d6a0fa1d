package org.incidentorchestrator.step.guard;

import java.util.Optional;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.StandingGuard;
import org.incidentorchestrator.step.Stop;
import org.incidentorchestrator.step.StopSwitch;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** While somebody has stopped everything, nothing is changed. */
@Component
@Order(20)
final class GlobalStop implements StandingGuard {
    private final StopSwitch stop;

    GlobalStop(StopSwitch stop) {
        this.stop = stop;
    }

    @Override
    public Optional<Verdict.Refused> stands() {
        return stop.now()
                .map(held -> new Verdict.Refused(RefusalCode.REFUSED, Stop.REASON, held.inWords(), Stop.REMEDY));
    }
}
