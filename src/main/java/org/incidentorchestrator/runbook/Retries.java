package org.incidentorchestrator.runbook;

import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/** {@code ${retries.x}}: how often and after how long a step is tried again. */
@ForModels("retries")
@Component
public class Retries {
    private final Settings settings;

    Retries(Settings settings) {
        this.settings = settings;
    }

    /** As {@code camunda:failedJobRetryTimeCycle} takes it: {@code PT5S,PT30S}. */
    public String getCluster() {
        return settings.cluster().stream().map(Duration::toString).collect(Collectors.joining(","));
    }

    Duration longestPause() {
        return settings.cluster().stream().max(Duration::compareTo).orElseThrow();
    }

    /** @param cluster the pauses between tries of a step that the cluster did not answer */
    @Validated
    @ConfigurationProperties("retries")
    record Settings(@DefaultValue({"5s", "15s", "30s", "1m", "2m"}) @NotEmpty List<Duration> cluster) {}
}
