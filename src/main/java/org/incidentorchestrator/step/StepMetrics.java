package org.incidentorchestrator.step;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.springframework.stereotype.Component;

/** How long steps take and what becomes of them: {@code incident_steps_seconds{step,outcome}}. */
@Component
class StepMetrics {
    private final MeterRegistry meters;

    StepMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    Timer.Sample start() {
        return Timer.start(meters);
    }

    void stop(Timer.Sample sample, StepCall call, StepOutcome outcome) {
        sample.stop(meters.timer("incident.steps", "step", call.step(), "outcome", word(outcome)));
    }

    private static String word(StepOutcome outcome) {
        if (outcome instanceof Done done) {
            return done.assumed() ? "rehearsed" : "done";
        }
        return outcome instanceof Refused refused
                ? refused.reason()
                : outcome.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }
}
