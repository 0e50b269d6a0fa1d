package org.incidentorchestrator.probe;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param timeout of one handshake in all, name look-up and connection included, at most 10 s */
@Validated
@ConfigurationProperties("probe.tls")
public record TlsSettings(
        @NotNull @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 10) Duration timeout) {}
