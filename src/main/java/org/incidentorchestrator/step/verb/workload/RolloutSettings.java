package org.incidentorchestrator.step.verb.workload;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long a rollout is waited for.
 *
 * @param deadline after which a rollout that still goes on counts as stalled; a Deployment's own progress deadline
 *     (10 minutes, unless its spec says otherwise) may say so before
 */
@Validated
@ConfigurationProperties("rollout")
public record RolloutSettings(@DefaultValue("5m") @NotNull @DurationMin(seconds = 1) Duration deadline) {}
