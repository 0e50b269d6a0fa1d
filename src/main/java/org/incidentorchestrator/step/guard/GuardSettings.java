package org.incidentorchestrator.step.guard;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What no step exceeds.
 *
 * @param maxReplicas of one workload (runbook A06)
 * @param coolDown how long the same action on the same target is not repeated
 * @param freeze when nothing is changed, and why
 */
@Validated
@ConfigurationProperties("step")
public record GuardSettings(
        @DefaultValue("10") @Min(1) @Max(1000) int maxReplicas,
        @DefaultValue("2m") @NotNull @DurationMin Duration coolDown,
        @DefaultValue List<@Valid Freeze> freeze) {
    public GuardSettings {
        freeze = List.copyOf(freeze);
    }

    /** @param from and @param to as {@code 2026-12-23T18:00:00Z}, the end not included */
    public record Freeze(@NotNull Instant from, @NotNull Instant to, @NotBlank String reason) {
        public Freeze {
            if (from != null && to != null && !from.isBefore(to)) {
                throw new IllegalArgumentException("step.freeze: a freeze from " + from + " to " + to
                        + " never begins; put the earlier time first");
            }
        }

        public boolean holdsAt(Instant now) {
            return !now.isBefore(from) && now.isBefore(to);
        }
    }
}
