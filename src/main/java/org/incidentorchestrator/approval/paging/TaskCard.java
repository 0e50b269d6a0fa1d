package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.Urgency;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.runbook.Escalation;
import org.incidentorchestrator.runbook.Ladder;
import org.springframework.stereotype.Component;

/**
 * What a task shows of its incident before it is opened: what is wrong, how urgent it is, whom it was escalated to; when
 * the next level is paged (due), or when it is asked whether anything was heard of whoever has it (follow-up). An approval
 * is due when it expires, as its model says.
 */
@Component
class TaskCard {
    /** How many that wait are named. */
    private static final int NAMED = 10;

    private final Escalation escalation;
    private final PagingSchedule schedule;
    private final CommonCauses causes;
    private final Clock clock;

    TaskCard(Escalation escalation, PagingSchedule schedule, CommonCauses causes, Clock clock) {
        this.escalation = escalation;
        this.schedule = schedule;
        this.causes = causes;
        this.clock = clock;
    }

    /** What the model says of the task stays behind what is wrong. */
    void begin(DelegateTask task, Incident incident) {
        String model = task.getDescription() == null ? "" : " " + task.getDescription();
        task.setDescription("%s%s, %s: %s (%s).%s"
                .formatted(
                        incident.stamp(),
                        incident.number(),
                        severity(incident),
                        incident.summary(),
                        incident.key(),
                        model));
        lines(task, incident);
        show(task, incident);
    }

    /** What Tasklist shows of it in its list, as far as its process does not say so itself. */
    void lines(DelegateTask task, Incident incident) {
        Map.of(
                        "incident", incident.number().toString(),
                        "severity", severity(incident),
                        "workload", incident.key().workload(),
                        "summary", incident.summary())
                .forEach((name, text) -> {
                    if (!text.isEmpty() && !task.hasVariable(name)) {
                        task.setVariableLocal(name, text);
                    }
                });
    }

    void show(DelegateTask task, Incident incident) {
        if (IncidentTasks.approve(task)) {
            task.setPriority(Urgency.ofApproval(incident));
            return;
        }
        boolean taken = incident.takenBy().isPresent();
        task.setPriority(Urgency.ofResponse(incident));
        due(task, taken ? Ladder.NEVER : paged(incident));
        followUp(task, taken ? escalation.silentAt(incident) : Ladder.NEVER);
        if (IncidentTasks.respond(task)) {
            task.setDescription(others(incident) + schedule.card(incident));
        }
    }

    /** When somebody is paged next; what was to be paged by now and was not is work that pages nobody, or waits. */
    private Instant paged(Incident incident) {
        Instant next = escalation.ladder(incident).next().at();
        return incident.pagedAt() == null && !next.isAfter(clock.instant()) ? Ladder.NEVER : next;
    }

    /** Of one for which more than the first level was paged. */
    void escalate(DelegateTask task, Incident incident) {
        if (incident.level() > 1) {
            task.setVariableLocal(IncidentTasks.ESCALATED, PagingSchedule.title(incident.level()));
        }
    }

    /** For this task alone: what the model decides on stays as it was. */
    void worsen(DelegateTask task, Incident incident) {
        task.setVariableLocal("severity", severity(incident));
    }

    private static String severity(Incident incident) {
        return incident.severity().name().toLowerCase(Locale.ROOT);
    }

    /** On what it waits, and what waits on it: the first of them by name. */
    private String others(Incident incident) {
        String waits = causes.waitInWords(incident, clock.instant())
                .map(text -> text + " ")
                .orElse("");
        return incident.isCommonCause() ? waits + children(incident) : waits;
    }

    private String children(Incident parent) {
        int waiting = causes.count(parent.number(), clock.instant()).waiting();
        String first = causes.children(parent.number(), NAMED).stream()
                .filter(child -> child.waits(clock.instant()))
                .map(child -> child.number() + " " + child.key().workload())
                .collect(Collectors.joining(", "));
        return waiting == 0 ? "" : "%d wait on it: %s%s. ".formatted(waiting, first, waiting > NAMED ? ", …" : "");
    }

    /** The same time is not written again: who answers the task in this moment would have to do it once more. */
    private static void due(DelegateTask task, Instant at) {
        if (!same(task.getDueDate(), date(at))) {
            task.setDueDate(date(at));
        }
    }

    private static void followUp(DelegateTask task, Instant at) {
        if (!same(task.getFollowUpDate(), date(at))) {
            task.setFollowUpDate(date(at));
        }
    }

    private static boolean same(Date one, Date other) {
        return one == null || other == null ? Objects.equals(one, other) : one.getTime() == other.getTime();
    }

    private static Date date(Instant at) {
        return at.equals(Ladder.NEVER) ? null : Date.from(at);
    }
}
