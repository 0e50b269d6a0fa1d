package org.incidentorchestrator.runbook;

import jakarta.validation.constraints.NotBlank;
import java.text.ParseException;
import org.camunda.bpm.engine.impl.calendar.CronTimer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When the maintenance of the calendar begins (runbook W01, N01). Read when the models are deployed: a change takes effect
 * with the next change of a model.
 *
 * @param at a cron expression of six fields, in UTC: second, minute, hour, day of month, month, day of week. One that
 *     is not wanted is aborted, or left to its window: people may not suspend the process that begins it
 */
@Validated
@ConfigurationProperties("maintenance.start")
record MaintenanceStart(@DefaultValue("0 0 2 ? * SUN") @NotBlank String at) {
    MaintenanceStart {
        try {
            CronTimer.parse(at);
        } catch (ParseException | IllegalArgumentException unfit) {
            throw new IllegalArgumentException(
                    "maintenance.start.at is '%s': %s; it has to be a cron expression, such as 0 0 2 ? * SUN for Sundays at 02:00 UTC"
                            .formatted(at, unfit.getMessage()),
                    unfit);
        }
    }
}
