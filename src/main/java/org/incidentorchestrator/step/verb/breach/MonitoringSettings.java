package org.incidentorchestrator.step.verb.breach;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a workload is watched once it runs again (runbook I04).
 *
 * @param duration how long; the written runbook says 24 hours
 */
@Validated
@ConfigurationProperties("monitoring")
public record MonitoringSettings(@DefaultValue("24h") @NotNull @DurationMin(seconds = 1) Duration duration) {}
