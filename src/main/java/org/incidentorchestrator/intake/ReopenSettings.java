package org.incidentorchestrator.intake;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When an alert is the old trouble come back.
 *
 * @param stillFiringAfter a repeat that arrives so long after the closing or the resolve is no late echo: it does fire
 * @param reopenWindow a new alert within this time after the closing belongs to the closed incident
 */
@Validated
@ConfigurationProperties("incident")
record ReopenSettings(
        @DefaultValue("15m") @NotNull Duration stillFiringAfter, @DefaultValue("30m") @NotNull Duration reopenWindow) {}
