package org.incidentorchestrator.approval;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.Proposal.Decision;
import org.incidentorchestrator.step.Proposals;
import org.springframework.stereotype.Component;

/**
 * What people answer, as facts in the transaction of their answer. An accepted proposal is a row of its own: a process
 * variable that says so lets nothing happen.
 */
@Component
class Decisions {
    private static final int LONGEST_NOTE = 2000;
    private static final Set<String> ANSWERS = Set.of("apply", "lookAgain", "skip", "handOver");

    private final Incidents incidents;
    private final Proposals proposals;
    private final Acknowledgement acknowledgement;
    private final EvidenceLog evidence;
    private final Clock clock;

    Decisions(
            Incidents incidents,
            Proposals proposals,
            Acknowledgement acknowledgement,
            EvidenceLog evidence,
            Clock clock) {
        this.incidents = incidents;
        this.proposals = proposals;
        this.acknowledgement = acknowledgement;
        this.evidence = evidence;
        this.clock = clock;
    }

    void completed(DelegateTask task) {
        IncidentTasks.incident(task).ifPresent(incident -> {
            String person = person(task);
            acknowledgement.acknowledge(incident, person, task.getProcessEngineServices(), task.getTaskDefinitionKey());
            if (IncidentTasks.RESPOND.equals(task.getTaskDefinitionKey())) {
                end(incident, person, task);
            } else if (task.getVariable("decision") != null) {
                decide(incident, person, task);
            } else {
                note(incident, person, task, "settled '" + task.getName() + "'", text(task, "settledNote"));
            }
        });
    }

    /** The authenticated user; the assignee only where nobody is authenticated, as in a test or a script. */
    private static String person(DelegateTask task) {
        return IncidentTasks.caller(task)
                .or(() -> Optional.ofNullable(task.getAssignee()))
                .orElse("unknown");
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
        String reason = text(task, "reason");
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

    private void decide(IncidentNumber incident, String person, DelegateTask task) {
        String decision = String.valueOf(task.getVariable("decision"));
        if (!ANSWERS.contains(decision)) {
            throw new BadUserRequestException(
                    "'%s' is no decision about %s (decision): apply, lookAgain, skip or handOver"
                            .formatted(decision, incident));
        }
        if (task.getVariable("proposalId") instanceof Number proposal) {
            boolean first = proposals.decide(
                    proposal.longValue(),
                    "apply".equals(decision) ? Decision.ACCEPTED : Decision.DECLINED,
                    person,
                    clock.instant());
            if (!first) {
                throw new BadUserRequestException("This proposal of %s is decided already".formatted(incident));
            }
        }
        note(incident, person, task, "decided: " + decision, text(task, "decisionNote"));
    }

    private void note(IncidentNumber incident, String person, DelegateTask task, String what, String note) {
        evidence.append(Entry.of(
                        Entry.Kind.DECIDED, incident, person, person + " " + what + (note.isBlank() ? "" : ": " + note))
                .at(task.getTaskDefinitionKey())
                .with(Map.of("task", task.getName(), "note", note)));
    }

    private static String text(DelegateTask task, String variable) {
        Object value = task.getVariable(variable);
        String text = value == null ? "" : value.toString().strip();
        return text.substring(0, Math.min(text.length(), LONGEST_NOTE));
    }
}
