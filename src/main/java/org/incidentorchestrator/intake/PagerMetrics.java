package org.incidentorchestrator.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.Glance;
import org.incidentorchestrator.incident.Glances;
import org.springframework.stereotype.Component;

/** Whether the paging system is there: how long it has been silent, and how long it has not said what fires. */
@Component
final class PagerMetrics implements MeterBinder {
    private final Glance<Optional<Instant>> heartbeats;
    private final Reconciliation reconciliation;
    private final Clock clock;

    PagerMetrics(HeartbeatWatch watch, Reconciliation reconciliation, Glances glances, Clock clock) {
        this.heartbeats = glances.of(watch::silentSince);
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        heartbeats.age(
                meters,
                "incident.orchestrator.heartbeat.age",
                "Since when the heartbeat that was heard longest ago was heard; 0 while none is expected",
                since -> since);
        if (reconciliation.isWanted()) {
            Gauge.builder("incident.orchestrator.reconcile.age", this::sinceLook)
                    .description("Since when Alertmanager was asked last and answered; no value before it has")
                    .baseUnit("seconds")
                    .register(meters);
        }
    }

    private double sinceLook() {
        return reconciliation
                .lastLook()
                .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
