package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.CommonCause;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentWorsened;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * The incidents of common causes: one for each that is open, however many find it at once, as bad as the worst that waits
 * on it. The program declares them; they page like any other.
 */
@Component
class ParentIncidents {
    private final Incidents incidents;
    private final OwnTransaction apart;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ParentIncidents(
            Incidents incidents,
            OwnTransaction apart,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.incidents = incidents;
        this.apart = apart;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** @param seen what was looked at, one line @return the open incident of the cause, which was opened if need be */
    Incident openOrFind(CommonCause cause, Incident child, String seen) {
        Optional<Incident> open = incidents.findOpen(cause.key());
        if (open.isPresent()) {
            return asBadAs(child, open.get());
        }
        try {
            apart.run(() -> open(cause, child, seen));
        } catch (DuplicateKeyException first) {
            // Another child was first: its incident is the one.
            return asBadAs(child, incidents.findOpen(cause.key()).orElseThrow(() -> first));
        }
        return incidents.findOpen(cause.key()).orElseThrow();
    }

    private void open(CommonCause cause, Incident child, String seen) {
        Incident parent =
                incidents.declare(cause.key(), child.severity(), cause.inWords(), Entry.SELF, null, clock.instant());
        evidence.append(Entry.of(
                        Entry.Kind.INCIDENT_OPENED,
                        parent.number(),
                        Entry.SELF,
                        "opened: %s; found by %s, which waits on it: %s"
                                .formatted(cause.inWords(), child.number(), seen))
                .with(Map.of(
                        "cause",
                        cause.kind().word(),
                        "where",
                        cause.where(),
                        "foundBy",
                        child.number().toString())));
        events.publishEvent(new IncidentsOpened(List.of(parent)));
    }

    private Incident asBadAs(Incident child, Incident parent) {
        if (child.severity().worseThan(parent.severity())) {
            apart.run(() -> raise(child, parent));
        }
        return parent;
    }

    private void raise(Incident child, Incident parent) {
        Incident row = incidents.lock(parent.number());
        if (row.firing() && child.severity().worseThan(row.severity())) {
            incidents.worsen(row.number(), child.severity());
            evidence.append(Entry.of(
                    Entry.Kind.NOTE,
                    row.number(),
                    Entry.SELF,
                    "as bad as %s from now on, which waits on it".formatted(child.number())));
            events.publishEvent(new IncidentWorsened(incidents.get(row.number())));
        }
    }
}
