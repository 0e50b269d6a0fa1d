package org.incidentorchestrator.step;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How steps run.
 *
 * @param mode what is allowed at most; without it EXECUTE in the sandbox and REHEARSE on a real cluster
 * @param unattended whether the autonomy decision may let a change run without a person
 * @param proposalExpiry how long a proposed change may be decided on
 * @param lockExpiry after how long without a step a run loses its lock on a target
 */
@Validated
@ConfigurationProperties("step")
public record StepSettings(
        @DefaultValue Optional<Mode> mode,
        @DefaultValue("false") boolean unattended,
        @DefaultValue("30m") @NotNull Duration proposalExpiry,
        @DefaultValue("30m") @NotNull Duration lockExpiry) {}
