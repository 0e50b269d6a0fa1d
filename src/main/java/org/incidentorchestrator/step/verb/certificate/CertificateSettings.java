package org.incidentorchestrator.step.verb.certificate;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param expiryWarning how long before its end a certificate counts as expiring soon
 * @param refreshDeadline how long External Secrets may take to bring a secret up to date, before it counts as failed
 */
@Validated
@ConfigurationProperties("certificate")
public record CertificateSettings(
        @NotNull @DefaultValue("30d") @DurationMin(hours = 1) Duration expiryWarning,
        @NotNull @DefaultValue("2m") @DurationMin(seconds = 10) Duration refreshDeadline) {}
