package org.incidentorchestrator.approval;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.stereotype.Component;

/**
 * Pages level by level until somebody takes the incident (runbook K01–K04). A level's page invites its group to every
 * open task of the incident; earlier levels keep seeing them. Each level is paged once since the ladder was armed.
 */
@Component
class EscalationLadder {
    private static final List<String> TITLES = List.of(
            "L1 Platform Engineer", "L2 Senior Platform Engineer", "L3 Platform Architect", "L4 CTO", "everybody");
    private static final int EVERYBODY = 5;

    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final Clock clock;

    EscalationLadder(Incidents incidents, EvidenceLog evidence, Clock clock) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** A new task is offered to every level that was paged so far; the first one is L1's page. */
    void invite(DelegateTask task) {
        IncidentTasks.incident(task).ifPresent(number -> {
            Incident incident = incidents.get(number);
            groups(incident.level()).forEach(task::addCandidateGroup);
            if (IncidentTasks.RESPOND.equals(task.getTaskDefinitionKey())) {
                record(incident, 1, task.getTaskDefinitionKey());
            }
        });
    }

    /** {@code ${approvals.page}}; an incident that has ended or that somebody has is not paged. */
    void page(DelegateExecution execution) {
        IncidentNumber number = IncidentNumber.parse(execution.getProcessBusinessKey());
        int level = ((Number) execution.getVariableLocal("level")).intValue();
        Incident incident = incidents.lock(number);
        if (!incident.open() || incident.takenBy().isPresent()) {
            return;
        }
        boolean raised = incidents.raiseLevel(number, level);
        if (raised || level == EVERYBODY) {
            record(incident, level, execution.getCurrentActivityId());
            offer(number, level, execution.getProcessEngineServices().getTaskService());
        }
    }

    /** {@code ${approvals.rearm}}: the ladder goes on above the level it had reached, counted from now. */
    void rearm(DelegateExecution execution) {
        Incident incident = incidents.get(IncidentNumber.parse(execution.getProcessBusinessKey()));
        execution.setVariable("ladderArmedAt", incident.ladderArmedAt().toString());
        execution.setVariable("level", incident.level());
    }

    private static void offer(IncidentNumber number, int level, TaskService tasks) {
        for (Task task : tasks.createTaskQuery()
                .processInstanceBusinessKey(number.toString())
                .list()) {
            groups(level).forEach(group -> tasks.addCandidateGroup(task.getId(), group));
        }
    }

    private void record(Incident incident, int level, String element) {
        String title = TITLES.get(level - 1);
        evidence.append(Entry.of(Entry.Kind.PAGED, incident.number(), Entry.SELF, "paged " + title)
                .at(element)
                .with(Map.of("level", level, "at", clock.instant().toString())));
    }

    private static List<String> groups(int level) {
        return IntStream.rangeClosed(1, Math.min(level, 4))
                .mapToObj(n -> "l" + n)
                .toList();
    }
}
