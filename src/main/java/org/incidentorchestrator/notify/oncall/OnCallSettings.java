package org.incidentorchestrator.notify.oncall;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param file the YAML file of contacts and rotations; none: nobody outside of Tasklist is told
 * @param lookEvery how often it is looked at whether the file has changed
 */
@Validated
@ConfigurationProperties("on-call")
public record OnCallSettings(
        @DefaultValue Optional<String> file,
        @DefaultValue("10s") @NotNull @DurationMin(seconds = 1) Duration lookEvery) {
    public OnCallSettings {
        // SETTING= in a file of the environment is how a setting is taken away.
        file = file.filter(path -> !path.isBlank());
    }
}
