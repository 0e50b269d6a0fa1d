package org.incidentorchestrator.runbook;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long each level has to respond (runbook K01–K04).
 *
 * @param mode whether the response times add up, or all count from the start
 * @param responseTimes of L1 to L4, in this order
 * @param everybodyAgain how often everybody is paged once the last level has not responded
 * @param ackTimeout how long whoever has an incident may be silent until it is given back and paged again
 */
@Validated
@ConfigurationProperties("escalation")
record EscalationSettings(
        @DefaultValue("per-level") @NotNull Mode mode,
        @DefaultValue({"15m", "30m", "1h", "4h"})
                @Size(min = 4, max = 4, message = "has to name four durations, of L1 to L4")
                List<@NotNull Duration> responseTimes,
        @DefaultValue("30m") @NotNull @DurationMin(seconds = 1) Duration everybodyAgain,
        @DefaultValue("30m") @NotNull @DurationMin(seconds = 1) Duration ackTimeout) {
    enum Mode {
        PER_LEVEL,
        FROM_START
    }

    EscalationSettings {
        if (responseTimes.stream().anyMatch(time -> time.isNegative() || time.isZero())) {
            throw new IllegalArgumentException("escalation.response-times has to hold positive durations");
        }
    }

    /** How long after the ladder's start this level is paged; level 5 is everybody. */
    Duration after(int level) {
        if (level <= 1) {
            return Duration.ZERO;
        }
        return mode == Mode.FROM_START
                ? responseTimes.get(level - 2)
                : responseTimes.subList(0, level - 1).stream().reduce(Duration.ZERO, Duration::plus);
    }
}
