package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.LevelPaged;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.runbook.Escalation;
import org.incidentorchestrator.runbook.Ladder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Pages level by level until somebody takes the incident (runbook K01–K04). Whichever timer fires, what is due by then is
 * paged, as one page; each level is on the record once since the ladder was armed.
 */
@Component
class EscalationLadder {
    private final Incidents incidents;
    private final Escalation escalation;
    private final EvidenceLog evidence;
    private final PagingSchedule schedule;
    private final ResponderTask tasks;
    private final EscalationLateness lateness;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    EscalationLadder(
            Incidents incidents,
            Escalation escalation,
            EvidenceLog evidence,
            PagingSchedule schedule,
            ResponderTask tasks,
            EscalationLateness lateness,
            ApplicationEventPublisher events,
            Clock clock) {
        this.incidents = incidents;
        this.escalation = escalation;
        this.evidence = evidence;
        this.schedule = schedule;
        this.tasks = tasks;
        this.lateness = lateness;
        this.events = events;
        this.clock = clock;
    }

    /** {@code ${ladder.begin}}: before there is a task. L1 is paged, at once unless it waits for hours. */
    void begin(DelegateExecution execution) {
        work(execution, 0);
    }

    /** {@code ${ladder.arm}}: nobody has it any more. The level that was reached is paged, as L1 was in the beginning. */
    void arm(DelegateExecution execution) {
        work(execution, 0).ifPresent(page -> offer(execution));
        refresh(execution);
    }

    /** {@code ${ladder.page}}; an incident that has ended or that somebody has is not paged. */
    void page(DelegateExecution execution) {
        int fired = execution.getVariableLocal("level") instanceof Number level ? level.intValue() : 0;
        work(execution, fired).ifPresent(page -> {
            lateness.due().ifPresent(due -> lateness.measure(page.level(), due));
            offer(execution);
            refresh(execution);
        });
    }

    /**
     * {@code ${ladder.callPeople}}: planned work needs people. It is a warning from now on, with nobody, and its ladder
     * counts from now; who has worked on its tasks has not said that this is theirs.
     */
    void callPeople(DelegateExecution execution) {
        IncidentNumber number = IncidentNumber.parse(execution.getProcessBusinessKey());
        Incident incident = incidents.lock(number);
        if (Severity.WARNING.worseThan(incident.severity())) {
            incidents.worsen(number, Severity.WARNING);
            incidents.escalate(number, 1, clock.instant());
        }
        execution.setVariable(
                "severity", incidents.get(number).severity().name().toLowerCase(Locale.ROOT));
        tasks.worsen(incidents.get(number), execution.getProcessEngineServices());
        refresh(execution);
    }

    private Optional<Ladder.Page> work(DelegateExecution execution, int fired) {
        Incident incident = incidents.lock(IncidentNumber.parse(execution.getProcessBusinessKey()));
        if (!incident.open() || incident.endedByPerson() || incident.takenBy().isPresent()) {
            return Optional.empty();
        }
        Optional<Ladder.Page> page = escalation.ladder(incident).page(clock.instant(), fired);
        page.ifPresent(due -> write(incident, due, execution.getCurrentActivityId()));
        execution.setVariable("paging", schedule.of(incidents.get(incident.number())));
        return page;
    }

    void offer(IncidentNumber number, ProcessEngineServices engine) {
        tasks.offer(incidents.get(number), engine);
    }

    private void offer(DelegateExecution execution) {
        tasks.offer(incident(execution), execution.getProcessEngineServices());
    }

    private void refresh(DelegateExecution execution) {
        tasks.refresh(incident(execution), execution.getProcessEngineServices());
    }

    private Incident incident(DelegateExecution execution) {
        return incidents.get(IncidentNumber.parse(execution.getProcessBusinessKey()));
    }

    /** The level that the row says is reached, whatever the hour: a person wants it. */
    void pageNow(IncidentNumber number, ProcessEngineServices engine) {
        Incident incident = incidents.get(number);
        List<Integer> level = List.of(incident.level());
        write(incident, new Ladder.Page(incident.level(), level, level), "");
        IncidentTasks.unrestricted(engine, () -> {
            tasks.offer(incident, engine);
            return null;
        });
    }

    private void write(Incident incident, Ladder.Page page, String element) {
        incidents.paged(incident.number(), page.level(), clock.instant());
        record(incident, page, element);
        Incident paged = incidents.get(incident.number());
        page.told().forEach(level -> events.publishEvent(new LevelPaged(paged, level, clock.instant())));
    }

    private void record(Incident incident, Ladder.Page page, String element) {
        if (page.reached().isEmpty()) {
            String who = PagingSchedule.titles(page.told()) + again(page);
            append(incident, page.level(), who, lateness.due(), element);
        }
        page.reached()
                .forEach(level -> append(
                        incident,
                        level,
                        PagingSchedule.title(level),
                        lateness.due().map(job -> dueAt(incident, level, job)),
                        element));
    }

    /** Everybody is paged again and again, as is said to everybody from the start. */
    private static String again(Ladder.Page page) {
        return page.level() == Ladder.EVERYBODY ? "" : " again";
    }

    /** Of one page for several levels each has been due at its own time. */
    private Instant dueAt(Incident before, int level, Instant job) {
        Instant due = escalation.ladder(before).due(level);
        return due.equals(Ladder.NEVER) ? job : due;
    }

    private void append(Incident incident, int level, String who, Optional<Instant> due, String element) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("level", level);
        facts.put("at", clock.instant().toString());
        due.ifPresent(instant -> facts.put("timerDueAt", instant.toString()));
        String told = incident.exercise() ? incident.stamp() + "would have paged " + who : "paged " + who;
        evidence.append(Entry.of(Entry.Kind.PAGED, incident.number(), Entry.SELF, told)
                .at(element)
                .with(facts));
    }
}
