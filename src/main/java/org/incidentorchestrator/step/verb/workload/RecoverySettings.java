package org.incidentorchestrator.step.verb.workload;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a workload counts as recovered.
 *
 * @param hold how long it has to stay well: what is well for a moment may be between two crashes; absent, it is 60 s on a
 *     real cluster and 15 s in the sandbox
 * @param deadline how long it may take to become well, before the remedy counts as failed
 * @param metricsDeadline how long its key metrics may still tell of the trouble, once its pods are well: they are rates over
 *     minutes, which remember it
 */
@Validated
@ConfigurationProperties("recovery")
public record RecoverySettings(
        @DurationMin Duration hold,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration deadline,
        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) Duration metricsDeadline) {
    private static final Duration REAL = Duration.ofSeconds(60);
    private static final Duration SANDBOX = Duration.ofSeconds(15);

    Duration holdOn(ClusterSettings cluster) {
        return hold != null ? hold : cluster.real() ? REAL : SANDBOX;
    }
}
