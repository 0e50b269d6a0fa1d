package org.incidentorchestrator.step.verb.delivery;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param deadline how long a sync and all that it makes may take to become healthy before it counts as stalled */
@Validated
@ConfigurationProperties("sync")
record SyncSettings(@DefaultValue("10m") @NotNull @DurationMin(seconds = 1) Duration deadline) {}
