package org.incidentorchestrator.step.verb.breach;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a workload counts as isolated.
 *
 * @param hold how long it has to stay so: Argo CD, KEDA and autoscalers take changes back within seconds, an operator
 *     within a minute
 * @param deadline how long it may take, before people are told who or what keeps it running
 */
@Validated
@ConfigurationProperties("isolation")
public record IsolationSettings(
        @DefaultValue("60s") @NotNull @DurationMin Duration hold,
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration deadline) {}
