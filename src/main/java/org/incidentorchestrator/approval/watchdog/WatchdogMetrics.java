package org.incidentorchestrator.approval.watchdog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.springframework.stereotype.Component;

/** Whether the watchdog lives, and what it has found. Asks no database: what it watches over may be what is broken. */
@Component
final class WatchdogMetrics implements MeterBinder {
    private final Watchdog watchdog;
    private final OutsideHeartbeat heartbeat;
    private final Clock clock;

    WatchdogMetrics(Watchdog watchdog, OutsideHeartbeat heartbeat, Clock clock) {
        this.watchdog = watchdog;
        this.heartbeat = heartbeat;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("incident.orchestrator.watchdog.age", () -> seconds(watchdog.age()))
                .description("Since the watchdog last saw all that it looks at")
                .baseUnit("seconds")
                .register(meters);
        for (Kind kind : Kind.values()) {
            Gauge.builder("incident.orchestrator.watchdog.findings", () -> count(kind))
                    .description("What it has found in two rounds in succession")
                    .tag("kind", kind.word())
                    .register(meters);
        }
        Gauge.builder("incident.orchestrator.watchdog.heartbeat.age", this::sinceHeartbeat)
                .description("Since the dead-man's switch outside was last told that all is well")
                .baseUnit("seconds")
                .register(meters);
    }

    private long count(Kind kind) {
        return watchdog.last().confirmed().stream()
                .filter(finding -> finding.kind() == kind)
                .count();
    }

    private double sinceHeartbeat() {
        return heartbeat
                .accepted()
                .map(at -> seconds(Duration.between(at, clock.instant())))
                .orElse(Double.NaN);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
