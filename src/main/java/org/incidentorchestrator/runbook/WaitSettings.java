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
 * @param isolationPoll between two looks at whether a workload is isolated
 * @param captureBound how long an isolation that is approved waits for the evidence that is being captured
 * @param capturePoll between two looks whether it has been
 * @param refreshPoll between two looks whether secrets were fetched anew
 * @param monitoringPoll between two rounds of enhanced monitoring
 * @param memoryPoll between two samples of what a container uses of memory
 * @param usagePoll between two looks at whether a workload uses less after a change
 * @param holdPoll between two looks at whether a change still holds
 * @param leasePoll between two looks at a change for the time being; shorter than {@code escalation.ack-timeout}, since
 *     each counts as heard
 */
@Validated
@ConfigurationProperties("wait")
record WaitSettings(
        @DefaultValue("5s") @NotNull Duration rolloutPoll,
        @DefaultValue("10s") @NotNull Duration recoveryPoll,
        @DefaultValue("5s") @NotNull Duration isolationPoll,
        @DefaultValue("2m") @NotNull Duration captureBound,
        @DefaultValue("5s") @NotNull Duration capturePoll,
        @DefaultValue("5s") @NotNull Duration refreshPoll,
        @DefaultValue("15m") @NotNull Duration monitoringPoll,
        @DefaultValue("1m") @NotNull Duration memoryPoll,
        @DefaultValue("1m") @NotNull Duration usagePoll,
        @DefaultValue("15s") @NotNull Duration holdPoll,
        @DefaultValue("15m") @NotNull Duration leasePoll) {}
