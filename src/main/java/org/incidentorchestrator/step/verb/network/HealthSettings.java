package org.incidentorchestrator.step.verb.network;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param path what is asked of a service whose pods declare no HTTP readiness probe; no model and no alert names one */
@Validated
@ConfigurationProperties("health")
record HealthSettings(@DefaultValue("/health") @Pattern(regexp = "/[-A-Za-z0-9._~/]{0,200}") String path) {}
