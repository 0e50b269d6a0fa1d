package org.incidentorchestrator.approval;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.runbook.AsProgram;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Makes a Tasklist task for l1 of everything that only a person can settle: one per subject while it is open. Its id is
 * made from the subject and from how often that was asked about, so that of two programs that make it at once one is
 * refused by the database.
 */
@Component
public class PersonTasks {
    private static final int LONGEST_NAME = 200;
    private static final int SETTLED = 0;
    private static final String INCIDENT = "incident";

    private final ProcessEngine engine;
    private final EvidenceLog evidence;
    private final Incidents incidents;
    private final ApplicationEventPublisher events;

    /** Lazy, since the engine's own start may already publish what only a person can settle. */
    public PersonTasks(
            @Lazy ProcessEngine engine, EvidenceLog evidence, Incidents incidents, ApplicationEventPublisher events) {
        this.engine = engine;
        this.evidence = evidence;
        this.incidents = incidents;
        this.events = events;
    }

    /** Before anybody is told of it elsewhere: whether it is asked anew, its task says. */
    @EventListener
    @Order(0)
    public void ask(PersonNeeded needed) {
        if (open(needed.subject()).isPresent()) {
            return;
        }
        AsProgram.run(engine, () -> make(needed));
        evidence.append(new Entry(
                Entry.Kind.PERSON_NEEDED,
                needed.incident(),
                Entry.SELF,
                "",
                needed.reason(),
                Map.of("subject", needed.subject())));
    }

    private void make(PersonNeeded needed) {
        String id = id(needed.subject(), asked(needed.subject()));
        TaskService tasks = engine.getTaskService();
        Task task = tasks.newTask(id);
        task.setName(name(needed));
        task.setDescription(needed.reason());
        task.setPriority(incident(needed).map(Urgency::ofResponse).orElse(Urgency.WITHOUT_INCIDENT));
        tasks.saveTask(task);
        tasks.addCandidateGroup(id, "l1");
        needed.incident().ifPresent(number -> tasks.setVariableLocal(id, INCIDENT, number.toString()));
        incident(needed).ifPresent(incident -> events.publishEvent(new PersonTaskMade(task, incident)));
    }

    /**
     * Nobody's task is done with. One that somebody has is theirs to finish, and urgent no more: if the same comes up
     * again, there is a task for it that somebody else may take.
     */
    @EventListener
    public void settle(PersonNotNeeded settled) {
        open(settled.subject()).ifPresent(task -> {
            AsProgram.run(engine, () -> settle(task, settled.reason()));
            evidence.append(new Entry(
                    Entry.Kind.PERSON_NOT_NEEDED,
                    settled.incident(),
                    Entry.SELF,
                    "",
                    settled.reason(),
                    Map.of("subject", settled.subject())));
        });
    }

    /** Whether its last task is open, or was completed by somebody; one that was deleted tells nobody anything. */
    public boolean knowOf(String subject) {
        int asked = asked(subject);
        return asked > 0
                && !"deleted"
                        .equals(engine.getHistoryService()
                                .createHistoricTaskInstanceQuery()
                                .taskId(id(subject, asked - 1))
                                .singleResult()
                                .getDeleteReason());
    }

    private void settle(Task task, String reason) {
        TaskService tasks = engine.getTaskService();
        tasks.createComment(task.getId(), null, reason);
        if (task.getAssignee() == null) {
            tasks.complete(task.getId());
        } else {
            tasks.setPriority(task.getId(), SETTLED);
        }
    }

    /** What is open of an incident, and has not settled itself. Asked of the table: no index helps with a variable. */
    public List<Task> open(IncidentNumber incident) {
        return engine.getTaskService()
                .createNativeTaskQuery()
                .sql("select T.* from ACT_RU_TASK T join ACT_RU_VARIABLE V on V.TASK_ID_ = T.ID_"
                        + " where T.PROC_INST_ID_ is null and T.PRIORITY_ > #{settled}"
                        + " and V.NAME_ = #{name} and V.TEXT_ = #{incident}")
                .parameter("settled", SETTLED)
                .parameter("name", INCIDENT)
                .parameter("incident", incident.toString())
                .list();
    }

    Optional<Task> open(String subject) {
        int asked = asked(subject);
        return asked == 0
                ? Optional.empty()
                : Optional.ofNullable(engine.getTaskService()
                        .createTaskQuery()
                        .taskId(id(subject, asked - 1))
                        .taskMinPriority(SETTLED + 1)
                        .singleResult());
    }

    /** How often the subject was asked about. A task's id is taken for good: the engine's history keeps it. */
    private int asked(String subject) {
        int asked = 0;
        while (engine.getHistoryService()
                        .createHistoricTaskInstanceQuery()
                        .taskId(id(subject, asked))
                        .count()
                > 0) {
            asked++;
        }
        return asked;
    }

    private static String id(String subject, int before) {
        return UUID.nameUUIDFromBytes((subject + "#" + before).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Optional<Incident> incident(PersonNeeded needed) {
        return needed.incident().flatMap(incidents::find);
    }

    private String name(PersonNeeded needed) {
        String stamp = incident(needed).map(Incident::stamp).orElse("");
        String number = needed.incident().map(one -> one + ": ").orElse("");
        String name = stamp + (needed.reason().startsWith(number) ? "" : number) + needed.reason();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
