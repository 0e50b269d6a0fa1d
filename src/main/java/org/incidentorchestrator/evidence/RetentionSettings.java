package org.incidentorchestrator.evidence;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * For how long is kept what grows. What belongs to an incident is kept from its closing on; nothing of an open one goes.
 *
 * @param evidence entries and what was kept with them, alerts, and the texts of what steps sent
 * @param history of the engine: what Cockpit shows of processes that have ended; in whole days
 * @param inbox messages that have been worked on, as they came
 * @param notifications what was told outside, and to whom
 * @param every how often it is looked at what has become too old
 * @param batch how many rows are removed in one transaction
 */
@Validated
@ConfigurationProperties("retention")
public record RetentionSettings(
        @NotNull @DurationMin(days = 1) @DefaultValue("400d") Duration evidence,
        @NotNull @DurationMin(days = 1) @DefaultValue("400d") Duration history,
        @NotNull @DurationMin(days = 1) @DefaultValue("30d") Duration inbox,
        @NotNull @DurationMin(days = 1) @DefaultValue("90d") Duration notifications,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("6h") Duration every,
        @Min(1) @Max(10_000) @DefaultValue("500") int batch) {

    public RetentionSettings {
        if (!history.equals(Duration.ofDays(history.toDays()))) {
            throw new IllegalArgumentException(
                    "retention.history is %s; the engine counts whole days: write it as 400d".formatted(history));
        }
    }
}
