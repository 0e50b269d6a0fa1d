package org.incidentorchestrator.step.verb;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a workload counts as recovered.
 *
 * @param hold how long it has to stay well: what is well for a moment may be between two crashes
 * @param deadline how long it may take to become well, before the remedy counts as failed
 */
@Validated
@ConfigurationProperties("recovery")
public record RecoverySettings(
        @DefaultValue("60s") @NotNull @DurationMin Duration hold,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration deadline) {}
