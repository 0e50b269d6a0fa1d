package org.incidentorchestrator.runbook;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.stereotype.Component;

/**
 * Whether an incident is still kept from people: by maintenance, or because it waits on the one of a common cause. Asked
 * after each wait; answers in the word {@code hold} and the time {@code heldUntil}.
 */
@Component
class Hold {
    private final Incidents incidents;
    private final Maintenance maintenance;
    private final CauseWait causes;

    Hold(Incidents incidents, Maintenance maintenance, CauseWait causes) {
        this.incidents = incidents;
        this.maintenance = maintenance;
        this.causes = causes;
    }

    /** Holds the incident's row: it is either resolved before, or hears of it at its next wait. */
    void check(DelegateExecution execution) {
        Incident incident = incidents.lock(IncidentNumber.parse(execution.getProcessBusinessKey()));
        if (incident.parent() == null) {
            maintenance.check(incident, execution);
        } else {
            causes.check(incident, execution);
        }
    }
}
