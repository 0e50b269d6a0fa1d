package org.incidentorchestrator.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How webhooks are taken in.
 *
 * @param maxBody a larger message is answered with 413
 * @param ackWithin how long a webhook waits for its commit before it is answered with 503
 * @param incidentsPerTransaction how many incidents share one transaction when alerts come in bursts
 * @param attempts how often a message is tried before it is parked for a person
 * @param firstRetry the wait before the second attempt; doubled for each further one
 * @param longestRetry the most that a retry waits
 * @param lookAgain how long an idle worker sleeps before it looks for what another node or a retry has left
 * @param exporters whose pod or service says nothing about the trouble: they report on others
 * @param heartbeats rules that fire always, to show that the way here works
 * @param heartbeatSilence how long none of them may be heard before a person is told; longer than the route's
 *     {@code repeat_interval}, for Alertmanager sends what still fires no more often than that
 * @param heartbeatExpected whether one that has never been heard counts as silent; one that has been is expected anyhow
 * @param suppressed rules that open nothing
 */
@Validated
@ConfigurationProperties("intake")
public record IntakeSettings(
        @DefaultValue("2MB") @NotNull DataSize maxBody,
        @DefaultValue("5s") @NotNull Duration ackWithin,
        @DefaultValue("20") @Min(1) @Max(200) int incidentsPerTransaction,
        @DefaultValue("8") @Min(1) @Max(100) int attempts,
        @DefaultValue("1s") @NotNull Duration firstRetry,
        @DefaultValue("1m") @NotNull Duration longestRetry,
        @DefaultValue("2s") @NotNull Duration lookAgain,
        @DefaultValue({"kube-state-metrics", "kubelet", "node-exporter"}) List<String> exporters,
        @DefaultValue("Watchdog") List<String> heartbeats,
        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1) Duration heartbeatSilence,
        @DefaultValue("false") boolean heartbeatExpected,
        @DefaultValue("InfoInhibitor") List<String> suppressed) {

    public IntakeSettings {
        exporters = List.copyOf(exporters);
        heartbeats = List.copyOf(heartbeats);
        suppressed = List.copyOf(suppressed);
    }

    /** The wait after so many attempts that failed. */
    Duration retryAfter(int attempts) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(attempts - 1, 20));
        return wait.compareTo(longestRetry) > 0 ? longestRetry : wait;
    }
}
