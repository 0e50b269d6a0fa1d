package org.incidentorchestrator.step.verb.policy;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param auditMaxAge how old Gatekeeper's last audit may be before its violations count as outdated; it audits each minute */
@Validated
@ConfigurationProperties("policy")
public record PolicySettings(@NotNull @DefaultValue("15m") @DurationMin(seconds = 1) Duration auditMaxAge) {}
