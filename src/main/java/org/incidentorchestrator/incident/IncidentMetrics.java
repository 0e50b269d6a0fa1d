package org.incidentorchestrator.incident;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import org.incidentorchestrator.incident.Incidents.Count;
import org.springframework.stereotype.Component;

/** How many incidents are open, and how many of them nobody has taken, by severity. */
@Component
final class IncidentMetrics implements MeterBinder {
    private static final Count NONE = new Count(0, 0);

    private final Glance<Map<Severity, Count>> open;
    private final Glance<Long> waiting;

    IncidentMetrics(Incidents incidents, CommonCauses causes, Glances glances) {
        this.open = glances.of(incidents::countOpen);
        this.waiting = glances.of(() -> causes.countWaiting(glances.now()));
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        waiting.gauge(
                meters,
                "incident.orchestrator.incidents.waiting",
                "Open incidents that wait on the incident of a common cause",
                Long::doubleValue);
        for (Severity severity : Severity.values()) {
            String word = severity.name().toLowerCase(Locale.ROOT);
            open.gauge(
                    meters,
                    "incident.orchestrator.incidents.open",
                    "Incidents that are open",
                    counts -> counts.getOrDefault(severity, NONE).open(),
                    "severity",
                    word);
            open.gauge(
                    meters,
                    "incident.orchestrator.incidents.unacknowledged",
                    "Open incidents that nobody has taken",
                    counts -> counts.getOrDefault(severity, NONE).unacknowledged(),
                    "severity",
                    word);
        }
    }
}
