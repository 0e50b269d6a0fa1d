package org.incidentorchestrator.runbook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When and how far a warning pages (runbook T02): in hours only, and not beyond a level.
 *
 * @param days on which there are hours
 * @param from when they begin, in {@code zone}
 * @param until when they end; 00:00 is the midnight that ends the day
 * @param lastLevel the highest that a warning reaches by itself
 */
@Validated
@ConfigurationProperties("escalation.warning")
record WarningSettings(
        @DefaultValue({"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"}) @NotEmpty Set<@NotNull DayOfWeek> days,
        @DefaultValue("08:00") @NotNull LocalTime from,
        @DefaultValue("18:00") @NotNull LocalTime until,
        @DefaultValue("UTC") @NotNull ZoneId zone,
        @DefaultValue("2") @Min(1) @Max(4) int lastLevel) {
    WarningSettings {
        if (from != null && until != null && !until.equals(LocalTime.MIDNIGHT) && !until.isAfter(from)) {
            throw new IllegalArgumentException(
                    "escalation.warning.until (%s) has to be later on the day than escalation.warning.from (%s)"
                            .formatted(until, from));
        }
    }

    PagingHours hours() {
        return new PagingHours(days, from, until, zone);
    }
}
