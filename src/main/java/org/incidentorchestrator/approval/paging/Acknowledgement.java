package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.TaskWatch;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentAcknowledged;
import org.incidentorchestrator.incident.IncidentGivenBack;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Claiming any responders' task of an incident acknowledges it, in the claim's own transaction; giving <em>Respond to
 * incident</em> back arms the ladder again at the level it had reached.
 */
@Component
@Order(10)
class Acknowledgement implements TaskWatch {
    private final Incidents incidents;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Acknowledgement(Incidents incidents, EvidenceLog evidence, ApplicationEventPublisher events, Clock clock) {
        this.incidents = incidents;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** Also fires, without an assignee, when a task is given back. */
    @Override
    public void assigned(DelegateTask task) {
        IncidentTasks.toRespondTo(task).ifPresent(incident -> {
            if (task.getAssignee() != null) {
                refuseAnothersName(incident, task);
                acknowledge(incident, task.getAssignee(), task.getProcessEngineServices(), task.getTaskDefinitionKey());
            } else if (IncidentTasks.respond(task)) {
                giveBack(incident, task);
            }
        });
    }

    /** The record names who took it: only an administrator gives an incident to somebody else. */
    private void refuseAnothersName(IncidentNumber incident, DelegateTask task) {
        IncidentTasks.caller(task)
                .filter(caller -> !caller.equals(task.getAssignee()) && !IncidentTasks.administrator(task))
                .filter(caller -> !wasHandedOver(incident, task))
                .ifPresent(caller -> {
                    throw new BadUserRequestException("%s cannot take %s in the name of %s, who has to claim it"
                            .formatted(caller, incident, task.getAssignee()));
                });
    }

    /** Whoever the row says has the incident gets its task, whoever caused that. */
    private boolean wasHandedOver(IncidentNumber incident, DelegateTask task) {
        return IncidentTasks.respond(task)
                && incidents
                        .get(incident)
                        .takenBy()
                        .filter(task.getAssignee()::equals)
                        .isPresent();
    }

    /** Whoever answers has it. */
    @Override
    public void completed(DelegateTask task) {
        IncidentTasks.toRespondTo(task)
                .ifPresent(incident -> acknowledge(
                        incident,
                        IncidentTasks.person(task),
                        task.getProcessEngineServices(),
                        task.getTaskDefinitionKey()));
    }

    /** @return whether nobody had it before */
    boolean acknowledge(IncidentNumber incident, String person, ProcessEngineServices engine, String element) {
        if (!incidents.acknowledge(incident, person, clock.instant())) {
            return false;
        }
        evidence.append(Entry.of(Entry.Kind.ACKNOWLEDGED, incident, person, person + " has taken it")
                .at(element));
        if (!IncidentTasks.RESPOND.equals(element)) {
            IncidentTasks.unrestricted(engine, () -> takeResponse(incident, person, engine.getTaskService()));
        }
        IncidentTasks.tell(engine, IncidentTasks.ACKNOWLEDGED, incident);
        events.publishEvent(new IncidentAcknowledged(incidents.get(incident), person));
        return true;
    }

    private static Void takeResponse(IncidentNumber incident, String person, TaskService tasks) {
        Task respond = tasks.createTaskQuery()
                .processInstanceBusinessKey(incident.toString())
                .taskDefinitionKey(IncidentTasks.RESPOND)
                .taskUnassigned()
                .singleResult();
        if (respond != null) {
            tasks.setAssignee(respond.getId(), person);
        }
        return null;
    }

    private static String told(String person, String holder) {
        return person + " has given it back" + (person.equals(holder) ? "" : " for " + holder) + "; paging goes on";
    }

    private void giveBack(IncidentNumber incident, DelegateTask task) {
        String holder = incidents.get(incident).takenBy().orElse("somebody");
        String person = IncidentTasks.caller(task).orElse(holder);
        String told = told(person, holder);
        if (giveBack(incident, person, told, task.getTaskDefinitionKey())) {
            IncidentTasks.tell(task.getProcessEngineServices(), IncidentTasks.GIVEN_BACK, incident);
        }
    }

    /**
     * Nobody has it any more. The ladder is to be armed after that.
     *
     * @return whether somebody had it
     */
    boolean giveBack(IncidentNumber incident, String by, String told, String element) {
        if (!incidents.giveBack(incident, clock.instant())) {
            return false;
        }
        evidence.append(Entry.of(Entry.Kind.GIVEN_BACK, incident, by, told).at(element));
        events.publishEvent(new IncidentGivenBack(incidents.get(incident), told));
        return true;
    }

    /** From somebody of whom nothing is heard; the model arms the ladder after that. */
    void takeBack(Incident incident, DelegateExecution execution) {
        String told = "nothing was heard of %s or anybody else for too long: given back; paging goes on"
                .formatted(incident.acknowledgedBy());
        giveBack(incident.number(), Entry.SELF, told, execution.getCurrentActivityId());
        TaskService tasks = execution.getProcessEngineServices().getTaskService();
        tasks.createTaskQuery()
                .processInstanceBusinessKey(incident.number().toString())
                .taskDefinitionKey(IncidentTasks.RESPOND)
                .list()
                .forEach(task -> tasks.setAssignee(task.getId(), null));
    }
}
