package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.TaskWatch;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.RunAbort;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What whoever has an incident says by completing <em>Respond to incident</em>: that it has ended, or one of the responses
 * after which the task comes again.
 */
@Component
@Order(20)
class ResponderAnswers implements TaskWatch {
    private final Incidents incidents;
    private final Responses responses;
    private final RunAbort aborts;
    private final EvidenceLog evidence;
    private final Clock clock;

    ResponderAnswers(Incidents incidents, Responses responses, RunAbort aborts, EvidenceLog evidence, Clock clock) {
        this.incidents = incidents;
        this.responses = responses;
        this.aborts = aborts;
        this.evidence = evidence;
        this.clock = clock;
    }

    @Override
    public void completed(DelegateTask task) {
        if (IncidentTasks.respond(task)) {
            IncidentTasks.incident(task).ifPresent(incident -> answer(incident, IncidentTasks.person(task), task));
        }
    }

    private void answer(IncidentNumber incident, String person, DelegateTask task) {
        String reason = IncidentTasks.text(task, "reason");
        if (reason.isBlank()) {
            throw new BadUserRequestException("Say in 'reason' why, about %s".formatted(incident));
        }
        switch (String.valueOf(task.getVariable("action"))) {
            case "resolved" -> end(incident, Ending.Cause.PERSON_RESOLVED, person, reason, task);
            case "notAnIncident" -> end(incident, Ending.Cause.NOT_AN_INCIDENT, person, reason, task);
            case "continuedElsewhere" -> end(incident, Ending.Cause.CONTINUED_ELSEWHERE, person, reason, task);
            default -> respond(incident, person, reason, task);
        }
    }

    /** Whoever says any of these has the incident: without a claim the ladder would not have been stopped before. */
    private void respond(IncidentNumber incident, String person, String reason, DelegateTask task) {
        if (task.getAssignee() == null) {
            throw new BadUserRequestException("Claim the task first: nobody has %s".formatted(incident));
        }
        ProcessEngineServices engine = task.getProcessEngineServices();
        String other = IncidentTasks.text(task, "person");
        try {
            switch (String.valueOf(task.getVariable("action"))) {
                case "note" -> responses.note(incident, person, reason);
                case "workAnyway" -> responses.workAnyway(incident, person, reason, engine);
                case "abort" -> abort(incident, person, reason);
                case "escalate" -> responses.escalate(incident, person, reason, engine);
                case "giveBack" -> responses.giveBack(incident, person, reason, engine);
                case "handOver" -> responses.handOver(incident, person, other, reason, engine);
                case "addResponder" -> ask(incident, person, other, reason, task);
                default ->
                    throw new ResponseRefused(
                            ("Say what to do about %s (action): note, escalate, handOver, addResponder, giveBack,"
                                            + " workAnyway, abort, resolved, notAnIncident or continuedElsewhere")
                                    .formatted(incident));
            }
        } catch (ResponseRefused refused) {
            throw new BadUserRequestException(refused.getMessage());
        }
    }

    private void abort(IncidentNumber incident, String person, String reason) {
        aborts.abort(incident, person, reason).ifPresent(why -> {
            throw new ResponseRefused(why);
        });
    }

    private void ask(IncidentNumber incident, String person, String asked, String note, DelegateTask task) {
        String group = IncidentTasks.text(task, "group");
        if (asked.isBlank() == group.isBlank()) {
            throw new ResponseRefused("Name one to be asked: a person, or a level");
        }
        if (group.isBlank()) {
            responses.askPerson(incident, person, asked, note, task.getProcessEngineServices());
        } else {
            responses.askGroup(incident, person, group, note, task.getProcessEngineServices());
        }
    }

    private void end(IncidentNumber incident, Ending.Cause cause, String person, String reason, DelegateTask task) {
        if (incidents.endByPerson(incident, new Ending(cause, person, reason, clock.instant()))) {
            evidence.append(Entry.of(Entry.Kind.INCIDENT_ENDED, incident, person, person + " ended it: " + reason)
                    .at(task.getTaskDefinitionKey())
                    .with(Map.of("endedAs", cause.name(), "reason", reason)));
        }
        IncidentTasks.tell(task.getProcessEngineServices(), IncidentTasks.ALERT_RESOLVED, incident);
    }
}
