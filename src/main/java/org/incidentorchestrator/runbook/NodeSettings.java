package org.incidentorchestrator.runbook;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * This program among those that share a database.
 *
 * @param name stable over restarts and different for each program: at its start a node frees the jobs that it had locked
 *     when it died, instead of waiting for their locks to expire
 */
@Validated
@ConfigurationProperties("node")
record NodeSettings(@DefaultValue("node-1") @NotBlank String name) {}
