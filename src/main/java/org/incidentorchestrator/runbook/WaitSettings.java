package org.incidentorchestrator.runbook;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often the models look again while they wait.
 *
 * @param rolloutPoll between two looks at a rollout
 * @param recoveryPoll between two looks at whether a service has recovered
 */
@Validated
@ConfigurationProperties("wait")
record WaitSettings(
        @DefaultValue("5s") @NotNull Duration rolloutPoll, @DefaultValue("10s") @NotNull Duration recoveryPoll) {}
