package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.TaskWatch;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.LevelPaged;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Pages level by level until somebody takes the incident (runbook K01–K04). A level's page invites its group to every
 * open task of the incident; earlier levels keep seeing them. Each level is paged once since the ladder was armed.
 */
@Component
@Order(10)
class EscalationLadder implements TaskWatch {
    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final PagingSchedule schedule;
    private final EscalationLateness lateness;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    EscalationLadder(
            Incidents incidents,
            EvidenceLog evidence,
            PagingSchedule schedule,
            EscalationLateness lateness,
            ApplicationEventPublisher events,
            Clock clock) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.schedule = schedule;
        this.lateness = lateness;
        this.events = events;
        this.clock = clock;
    }

    /** A new task is offered to every level that was paged so far; the first one is L1's page. */
    @Override
    public void created(DelegateTask task) {
        IncidentTasks.toRespondTo(task).ifPresent(number -> {
            Incident incident = incidents.get(number);
            missing(task.getCandidates(), incident.level()).forEach(task::addCandidateGroup);
            if (IncidentTasks.RESPOND.equals(task.getTaskDefinitionKey())) {
                announce(task.getExecution(), incident);
                record(incident, 1, task.getTaskDefinitionKey());
                events.publishEvent(new LevelPaged(incident, 1, clock.instant()));
            }
        });
    }

    /** {@code ${ladder.page}}; an incident that has ended or that somebody has is not paged. */
    void page(DelegateExecution execution) {
        IncidentNumber number = IncidentNumber.parse(execution.getProcessBusinessKey());
        int level = ((Number) execution.getVariableLocal("level")).intValue();
        Incident incident = incidents.lock(number);
        if (!incident.open() || incident.takenBy().isPresent()) {
            return;
        }
        if (incidents.raiseLevel(number, level)) {
            // After an outage of ours several levels are due at once, in any order: each is on the record, once.
            for (int due = incident.level() + 1; due <= level; due++) {
                record(incident, due, execution.getCurrentActivityId());
            }
        } else if (level == PagingSchedule.EVERYBODY) {
            record(incident, level, execution.getCurrentActivityId());
        }
        events.publishEvent(new LevelPaged(incidents.get(number), level, clock.instant()));
        offer(number, level, execution.getProcessEngineServices().getTaskService());
        lateness.due().ifPresent(due -> lateness.measure(level, due));
    }

    /** {@code ${ladder.rearm}}: the ladder goes on above the level it had reached, counted from now. */
    void rearm(DelegateExecution execution) {
        Incident incident = incidents.get(IncidentNumber.parse(execution.getProcessBusinessKey()));
        execution.setVariable("ladderArmedAt", incident.ladderArmedAt().toString());
        execution.setVariable("level", incident.level());
        announce(execution, incident);
    }

    /** Who is paged when, for the form; times are absolute, so it stays true until the ladder is armed again. */
    private void announce(DelegateExecution execution, Incident incident) {
        execution.setVariable("paging", schedule.of(incident));
    }

    private static void offer(IncidentNumber number, int level, TaskService tasks) {
        for (Task task : tasks.createTaskQuery()
                .processInstanceBusinessKey(number.toString())
                .list()) {
            if (IncidentTasks.APPROVE.equals(task.getTaskDefinitionKey())) {
                continue;
            }
            missing(tasks.getIdentityLinksForTask(task.getId()), level)
                    .forEach(group -> tasks.addCandidateGroup(task.getId(), group));
        }
    }

    private void record(Incident incident, int level, String element) {
        String title = PagingSchedule.title(level);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("level", level);
        facts.put("at", clock.instant().toString());
        if (level > 1) {
            lateness.due().ifPresent(due -> facts.put("timerDueAt", due.toString()));
        }
        evidence.append(Entry.of(Entry.Kind.PAGED, incident.number(), Entry.SELF, "paged " + title)
                .at(element)
                .with(facts));
    }

    /** The engine would offer a task twice to a group that is named twice, by the model and by us. */
    private static List<String> missing(Collection<IdentityLink> offered, int level) {
        Set<String> present = offered.stream().map(IdentityLink::getGroupId).collect(Collectors.toSet());
        return IntStream.rangeClosed(1, Math.min(level, 4))
                .mapToObj(n -> "l" + n)
                .filter(group -> !present.contains(group))
                .toList();
    }
}
