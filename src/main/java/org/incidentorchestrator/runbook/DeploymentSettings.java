package org.incidentorchestrator.runbook;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param window whether a planned deployment has to lie in a maintenance window of its namespace */
@Validated
@ConfigurationProperties("deployment")
record DeploymentSettings(@DefaultValue("optional") @NotNull Window window) {
    /** The written runbook names no window; a second person approves each deployment in either case. */
    enum Window {
        OPTIONAL,
        REQUIRED
    }
}
