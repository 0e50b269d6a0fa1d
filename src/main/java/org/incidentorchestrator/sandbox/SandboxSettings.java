package org.incidentorchestrator.sandbox;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The embedded cluster, where no real one is named.
 *
 * @param world the file that its world lies in; empty for a world that is forgotten at the end
 * @param firstAlert whether mcp-gateway breaks by itself after the start, when all is well
 * @param firstAlertAfter how long after the program is ready
 * @param resolves whether an alert of the sandbox's own is resolved when its workload is healthy again
 * @param resolveAfter how long it has to be healthy before
 * @param lookEvery how often its health is looked at while an alert of its own is firing
 */
@Validated
@ConfigurationProperties("sandbox")
record SandboxSettings(
        @DefaultValue(".data/sandbox-world.json") @NotNull String world,
        @DefaultValue("true") boolean firstAlert,
        @DefaultValue("5s") @NotNull Duration firstAlertAfter,
        @DefaultValue("true") boolean resolves,
        @DefaultValue("2m") @NotNull Duration resolveAfter,
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) Duration lookEvery) {}
