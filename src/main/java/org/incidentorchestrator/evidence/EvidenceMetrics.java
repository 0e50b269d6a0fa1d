package org.incidentorchestrator.evidence;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.incidentorchestrator.incident.Glance;
import org.incidentorchestrator.incident.Glances;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much of the record waits for its place in the chain, and for how long. */
@Component
final class EvidenceMetrics implements MeterBinder {
    private final Glance<Unsealed> unsealed;

    EvidenceMetrics(JdbcClient jdbc, Glances glances) {
        this.unsealed = glances.of(() -> Unsealed.read(jdbc));
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        unsealed.gauge(
                meters,
                "incident.orchestrator.evidence.unsealed",
                "Entries of the record that are not in the hash chain yet",
                Unsealed::entries);
        unsealed.age(
                meters,
                "incident.orchestrator.evidence.unsealed.age",
                "Since when the oldest of them waits",
                Unsealed::oldest);
    }
}
