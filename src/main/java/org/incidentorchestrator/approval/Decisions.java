package org.incidentorchestrator.approval;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.step.Proposal.Decision;
import org.incidentorchestrator.step.Proposals;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What people answer, as facts in the transaction of their answer. An accepted proposal is a row of its own: a process
 * variable that says so lets nothing happen.
 */
@Component
@Order(20)
class Decisions implements TaskWatch {
    private static final Set<String> ANSWERS = Set.of("apply", "lookAgain", "skip", "handOver");

    private final Proposals proposals;
    private final EvidenceLog evidence;
    private final Clock clock;

    Decisions(Proposals proposals, EvidenceLog evidence, Clock clock) {
        this.proposals = proposals;
        this.evidence = evidence;
        this.clock = clock;
    }

    @Override
    public void completed(DelegateTask task) {
        if (IncidentTasks.respond(task) || IncidentTasks.approve(task)) {
            return;
        }
        IncidentTasks.incident(task).ifPresent(incident -> {
            String person = IncidentTasks.person(task);
            if (task.getVariable("decision") != null) {
                decide(incident, person, task);
            } else {
                note(
                        incident,
                        person,
                        task,
                        "settled '" + task.getName() + "'",
                        IncidentTasks.text(task, "settledNote"));
            }
        });
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
        note(incident, person, task, "decided: " + decision, IncidentTasks.text(task, "decisionNote"));
    }

    private void note(IncidentNumber incident, String person, DelegateTask task, String what, String note) {
        evidence.append(Entry.of(
                        Entry.Kind.DECIDED, incident, person, person + " " + what + (note.isBlank() ? "" : ": " + note))
                .at(task.getTaskDefinitionKey())
                .with(Map.of("task", task.getName(), "note", note)));
    }
}
