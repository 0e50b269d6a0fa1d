package org.incidentorchestrator.incident;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is told of how it goes.
 *
 * @param window over how long times to acknowledge and to resolve are told, from now backwards
 */
@Validated
@ConfigurationProperties("operations")
public record OperationsSettings(
        @DefaultValue("90d") @NotNull @DurationMin(days = 7) @DurationMax(days = 730) Duration window) {}
