package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.PagingMoved;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Begins and ends the waits on common causes in the incidents' rows, on the record, and has the paging follow. */
@Component
class CauseHold {
    private final Incidents incidents;
    private final CommonCauses causes;
    private final CauseSuspicion suspicion;
    private final OwnTransaction apart;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CauseHold(
            Incidents incidents,
            CommonCauses causes,
            CauseSuspicion suspicion,
            OwnTransaction apart,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.incidents = incidents;
        this.causes = causes;
        this.suspicion = suspicion;
        this.apart = apart;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** Nothing is done for one that waits on this one already, or may not wait any more. */
    void begin(IncidentNumber child, Incident parent, Instant until, DelegateExecution execution) {
        apart.run(() -> {
            Instant now = clock.instant();
            Incident incident = incidents.lock(child);
            boolean waits = incident.waits(now) && parent.number().equals(incident.parent());
            if (suspicion.mayWait(incident) && !waits) {
                causes.await(child, parent.number(), until, now);
                record(incident, parent, until, execution);
                events.publishEvent(new PagingMoved(incidents.get(child)));
            }
        });
    }

    private void record(Incident child, Incident parent, Instant until, DelegateExecution execution) {
        String told = "waits on %s: %s; at %s at the latest its own runbook goes on, and people are paged"
                .formatted(parent.number(), parent.summary(), until.truncatedTo(ChronoUnit.SECONDS));
        evidence.append(Entry.of(Entry.Kind.HELD, child.number(), Entry.SELF, told)
                .at(execution.getCurrentActivityId())
                .with(Map.of("parent", parent.number().toString(), "until", until.toString())));
        note(parent.number(), "%s (%s) waits on it".formatted(child.number(), child.key()), execution);
    }

    /** Pages at once what was kept from people for a look that has found nothing, or for a wait that is over. */
    void release(Incident incident, String why, DelegateExecution execution) {
        if (incident.firing() && incident.held(clock.instant())) {
            apart.run(() -> {
                Instant now = clock.instant();
                Incident row = incidents.lock(incident.number());
                if (row.firing() && row.held(now)) {
                    incidents.endHold(row.number(), now);
                    note(row.number(), why, execution);
                    events.publishEvent(new PagingMoved(incidents.get(row.number())));
                }
            });
        }
    }

    void note(IncidentNumber number, String what, DelegateExecution execution) {
        evidence.append(Entry.of(Entry.Kind.NOTE, number, Entry.SELF, what).at(execution.getCurrentActivityId()));
    }
}
