package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.Escalation;
import org.springframework.stereotype.Component;

/**
 * Gives an incident back that somebody has taken and of which nothing is heard any more: he may have fallen asleep again.
 */
@Component
class SilenceWatch {
    private final Incidents incidents;
    private final Escalation escalation;
    private final Acknowledgement acknowledgement;
    private final ResponderTask tasks;
    private final Clock clock;

    SilenceWatch(
            Incidents incidents,
            Escalation escalation,
            Acknowledgement acknowledgement,
            ResponderTask tasks,
            Clock clock) {
        this.incidents = incidents;
        this.escalation = escalation;
        this.acknowledgement = acknowledgement;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** {@code ${ladder.checkSilence}}: whether nobody has it, be it that it has just been given back. */
    void check(DelegateExecution execution) {
        Incident incident = incidents.lock(IncidentNumber.parse(execution.getProcessBusinessKey()));
        boolean silent =
                incident.takenBy().isPresent() && !escalation.silentAt(incident).isAfter(clock.instant());
        if (silent) {
            acknowledgement.takeBack(incident, execution);
        }
        tasks.refresh(incidents.get(incident.number()), execution.getProcessEngineServices());
        execution.setVariableLocal("silent", silent || incident.takenBy().isEmpty());
    }
}
