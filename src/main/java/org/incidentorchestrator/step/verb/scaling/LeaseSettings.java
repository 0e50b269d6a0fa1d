package org.incidentorchestrator.step.verb.scaling;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long what is done for the time being is left.
 *
 * @param duration after which a temporary change is to be taken back (runbook M04)
 */
@Validated
@ConfigurationProperties("lease")
public record LeaseSettings(
        @DefaultValue("4h") @NotNull @DurationMin(minutes = 1) @DurationMax(days = 30) Duration duration) {}
