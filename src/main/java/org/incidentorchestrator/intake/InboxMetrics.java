package org.incidentorchestrator.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.incidentorchestrator.incident.Glance;
import org.incidentorchestrator.incident.Glances;
import org.incidentorchestrator.intake.Inbox.Backlog;
import org.springframework.stereotype.Component;

/** How much waits in the inbox and for how long. */
@Component
final class InboxMetrics implements MeterBinder {
    private final Glance<Backlog> backlog;

    InboxMetrics(Inbox inbox, Glances glances) {
        this.backlog = glances.of(inbox::backlog);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        backlog.gauge(
                meters,
                "incident.orchestrator.inbox.backlog",
                "Messages that are stored and not worked on yet",
                Backlog::waiting);
        backlog.gauge(
                meters, "incident.orchestrator.inbox.parked", "Messages that only a person can help", Backlog::parked);
        backlog.age(
                meters,
                "incident.orchestrator.inbox.oldest.age",
                "Since when the oldest of the backlog waits",
                Backlog::oldest);
    }
}
