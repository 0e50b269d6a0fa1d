package org.incidentorchestrator.step.verb.pod;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When watched pods count as stable.
 *
 * @param hold how long all of them have to be ready, without a restart
 * @param deadline how long they may take to become it
 */
@Validated
@ConfigurationProperties("watch")
public record WatchSettings(
        @DefaultValue("60s") @NotNull @DurationMin(seconds = 1) Duration hold,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration deadline) {}
