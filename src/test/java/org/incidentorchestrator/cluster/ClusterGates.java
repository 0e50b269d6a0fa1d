package org.incidentorchestrator.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes what other packages' tests need of this one. */
public final class ClusterGates {
    private ClusterGates() {}

    /** The sandbox's settings. */
    public static ClusterSettings settings() {
        return new ClusterSettings(
                "",
                false,
                "",
                Map.of(),
                Map.of(),
                Duration.ofSeconds(10),
                10,
                List.of("a1-orchestrator"),
                Duration.ofSeconds(15));
    }

    public static ClusterGate gate(ClusterSettings settings, Clock clock, MeterRegistry metrics) {
        return new ClusterGate(settings, clock, metrics);
    }
}
