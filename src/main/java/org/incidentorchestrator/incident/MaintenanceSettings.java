package org.incidentorchestrator.incident;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What maintenance may keep from people, and how long the windows of the runbook are (W01, N01).
 *
 * @param longest how long a window may be: one that is forgotten must not be silent for days
 * @param neverHeld the names of alerts that page in a window too
 * @param weeklyLength from when the weekly maintenance is due to when nothing is changed any more
 * @param monthlyLength the same of the monthly one, which includes the weekly one
 * @param warning how long before the end of the window whoever works on it is told
 * @param namespace where the procedures work that a maintenance of the calendar calls; one of cluster.namespaces
 */
@Validated
@ConfigurationProperties("maintenance")
public record MaintenanceSettings(
        @DefaultValue("8h") @NotNull Duration longest,
        @DefaultValue("SuspectedBreach") @NotNull Set<String> neverHeld,
        @DefaultValue("2h") @NotNull Duration weeklyLength,
        @DefaultValue("4h") @NotNull Duration monthlyLength,
        @DefaultValue("30m") @NotNull Duration warning,
        @DefaultValue("a1-orchestrator") @NotNull String namespace) {
    private static final Duration LONGEST_WORK = Duration.ofDays(1);

    public MaintenanceSettings {
        if (longest.isNegative() || longest.isZero()) {
            throw new IllegalArgumentException("maintenance.longest has to be a positive duration, such as 8h");
        }
        checkLength("weekly-length", weeklyLength, warning);
        checkLength("monthly-length", monthlyLength, warning);
        if (warning.isNegative() || warning.isZero()) {
            throw new IllegalArgumentException("maintenance.warning has to be a positive duration, such as 30m");
        }
        if (!Target.isNamespace(namespace)) {
            throw new IllegalArgumentException("maintenance.namespace: '" + namespace
                    + "' is not a namespace; name one of cluster.namespaces, such as a1-orchestrator");
        }
        neverHeld = Set.copyOf(neverHeld);
    }

    private static void checkLength(String name, Duration length, Duration warning) {
        if (length.compareTo(warning) <= 0 || length.compareTo(LONGEST_WORK) > 0) {
            throw new IllegalArgumentException(
                    "maintenance.%s is %s; it has to be longer than maintenance.warning, %s, and at most a day, such as 2h"
                            .formatted(name, length, warning));
        }
    }
}
