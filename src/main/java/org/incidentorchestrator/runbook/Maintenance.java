package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.MaintenanceWindows;
import org.springframework.stereotype.Component;

/**
 * Whether maintenance still keeps an incident from people. Asked after each wait, since a window may have been ended
 * early or followed by another; answers in the word {@code hold} and the time {@code heldUntil}.
 */
@Component
class Maintenance {
    private final Incidents incidents;
    private final MaintenanceWindows windows;
    private final EvidenceLog evidence;
    private final Clock clock;

    Maintenance(Incidents incidents, MaintenanceWindows windows, EvidenceLog evidence, Clock clock) {
        this.incidents = incidents;
        this.windows = windows;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** While the incident's row is held. */
    void check(Incident incident, DelegateExecution execution) {
        Instant now = clock.instant();
        Optional<Instant> until = windows.heldUntil(
                incident, windows.lockHolding(List.of(incident.key().namespace()), now), now);
        if (!incident.firing()) {
            execution.setVariableLocal("hold", "resolved");
        } else if (until.isPresent()) {
            hold(incident, until.get(), execution);
        } else {
            end(incident, now, execution);
        }
    }

    private void hold(Incident incident, Instant until, DelegateExecution execution) {
        if (!until.equals(incident.heldUntil())) {
            incidents.hold(incident.number(), until);
            record(Entry.Kind.HELD, incident, execution, "kept from people: maintenance until " + until, until);
        }
        execution.setVariableLocal("hold", "held");
        execution.setVariableLocal("heldUntil", until.toString());
    }

    /** Counted from the window's end, however late this runs: what is due by then is overdue, and not later. */
    private void end(Incident incident, Instant now, DelegateExecution execution) {
        Instant ended = incident.held(now) ? now : incident.heldUntil();
        incidents.endHold(incident.number(), ended);
        execution.setVariableLocal("hold", "over");
        record(
                Entry.Kind.MAINTENANCE,
                incident,
                execution,
                "maintenance is over and it still fires: people are paged from now on",
                ended);
    }

    private void record(Entry.Kind kind, Incident incident, DelegateExecution execution, String what, Instant until) {
        evidence.append(Entry.of(kind, incident.number(), Entry.SELF, what)
                .at(execution.getCurrentActivityId())
                .with(Map.of("until", until.toString())));
    }
}
