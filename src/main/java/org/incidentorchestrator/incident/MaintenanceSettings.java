package org.incidentorchestrator.incident;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What maintenance may keep from people.
 *
 * @param longest how long a window may be: one that is forgotten must not be silent for days
 * @param neverHeld the names of alerts that page in a window too
 */
@Validated
@ConfigurationProperties("maintenance")
public record MaintenanceSettings(
        @DefaultValue("8h") @NotNull Duration longest,
        @DefaultValue("SuspectedBreach") @NotNull Set<String> neverHeld) {
    public MaintenanceSettings {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("maintenance.longest has to be a positive duration, such as 8h");
        }
        neverHeld = Set.copyOf(neverHeld);
    }
}
