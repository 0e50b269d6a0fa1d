package org.incidentorchestrator.step;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.springframework.stereotype.Component;

/** How long steps take and what becomes of them. A refusal's reason is one of the few words that guards and runner know. */
@Component
class StepMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry meters;

    StepMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    Timer.Sample start() {
        return Timer.start(meters);
    }

    void stop(Timer.Sample sample, StepCall call, StepOutcome outcome) {
        sample.stop(Timer.builder("incident.orchestrator.steps")
                .description("Steps that were run, and how long each took")
                .serviceLevelObjectives(BUCKETS)
                .tag("step", call.step())
                .tag("outcome", word(outcome))
                .register(meters));
    }

    private static String word(StepOutcome outcome) {
        if (outcome instanceof Done done) {
            return done.assumed() ? "rehearsed" : "done";
        }
        return outcome instanceof Refused refused
                ? refused.reason()
                : outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
