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
 * @param syncPoll between two looks at a sync of Argo CD
 * @param podsPoll between two looks at whether the pods of a deployment are stable
 * @param scriptPoll between two looks at a script of this machine
 * @param bakePoll between two comparisons of a deployment's key metrics with those before
 * @param bake how long a deployment is watched before it counts as good
 * @param recoveryPoll between two looks at whether a service has recovered
 * @param isolationPoll between two looks at whether a workload is isolated
 * @param captureBound how long an isolation that is approved waits for the evidence that is being captured
 * @param capturePoll between two looks whether it has been
 * @param refreshPoll between two looks whether secrets were fetched anew
 * @param servedPoll between two looks at which certificate is served
 * @param monitoringPoll between two rounds of enhanced monitoring
 * @param memoryPoll between two samples of what a container uses of memory
 * @param usagePoll between two looks at whether a workload uses less after a change
 * @param holdPoll between two looks at whether a change still holds
 * @param outagePoll between two looks at whether the cluster is gone
 * @param platformPoll between two looks at a platform that does not answer
 * @param causePoll between two looks at whether a common cause is gone
 * @param leasePoll between two looks at a change for the time being; shorter than {@code escalation.ack-timeout}, since
 *     each counts as heard
 */
@Validated
@ConfigurationProperties("wait")
record WaitSettings(
        @DefaultValue("5s") @NotNull Duration rolloutPoll,
        @DefaultValue("5s") @NotNull Duration syncPoll,
        @DefaultValue("10s") @NotNull Duration podsPoll,
        @DefaultValue("5s") @NotNull Duration scriptPoll,
        @DefaultValue("5m") @NotNull Duration bakePoll,
        @DefaultValue("15m") @NotNull Duration bake,
        @DefaultValue("10s") @NotNull Duration recoveryPoll,
        @DefaultValue("5s") @NotNull Duration isolationPoll,
        @DefaultValue("2m") @NotNull Duration captureBound,
        @DefaultValue("5s") @NotNull Duration capturePoll,
        @DefaultValue("5s") @NotNull Duration refreshPoll,
        @DefaultValue("15s") @NotNull Duration servedPoll,
        @DefaultValue("15m") @NotNull Duration monitoringPoll,
        @DefaultValue("1m") @NotNull Duration memoryPoll,
        @DefaultValue("1m") @NotNull Duration usagePoll,
        @DefaultValue("15s") @NotNull Duration holdPoll,
        @DefaultValue("1m") @NotNull Duration outagePoll,
        @DefaultValue("5s") @NotNull Duration platformPoll,
        @DefaultValue("30s") @NotNull Duration causePoll,
        @DefaultValue("15m") @NotNull Duration leasePoll) {}
