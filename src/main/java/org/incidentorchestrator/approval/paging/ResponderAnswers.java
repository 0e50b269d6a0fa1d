package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.TaskWatch;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What becomes of an incident when whoever has it completes <em>Respond to incident</em>. */
@Component
@Order(20)
class ResponderAnswers implements TaskWatch {
    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final Clock clock;

    ResponderAnswers(Incidents incidents, EvidenceLog evidence, Clock clock) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.clock = clock;
    }

    @Override
    public void completed(DelegateTask task) {
        if (IncidentTasks.respond(task)) {
            IncidentTasks.incident(task).ifPresent(incident -> end(incident, IncidentTasks.person(task), task));
        }
    }

    private void end(IncidentNumber incident, String person, DelegateTask task) {
        Ending.Cause cause =
                switch (String.valueOf(task.getVariable("endedAs"))) {
                    case "resolved" -> Ending.Cause.PERSON_RESOLVED;
                    case "notAnIncident" -> Ending.Cause.NOT_AN_INCIDENT;
                    case "continuedElsewhere" -> Ending.Cause.CONTINUED_ELSEWHERE;
                    default ->
                        throw new BadUserRequestException(
                                "Say how %s ended (endedAs): resolved, notAnIncident or continuedElsewhere"
                                        .formatted(incident));
                };
        String reason = IncidentTasks.text(task, "reason");
        if (reason.isBlank()) {
            throw new BadUserRequestException("Say in 'reason' why %s has ended".formatted(incident));
        }
        if (incidents.endByPerson(incident, new Ending(cause, person, reason, clock.instant()))) {
            evidence.append(Entry.of(Entry.Kind.INCIDENT_ENDED, incident, person, person + " ended it: " + reason)
                    .at(task.getTaskDefinitionKey())
                    .with(Map.of("endedAs", cause.name(), "reason", reason)));
        }
        IncidentTasks.tell(task.getProcessEngineServices(), IncidentTasks.ALERT_RESOLVED, incident);
    }
}
