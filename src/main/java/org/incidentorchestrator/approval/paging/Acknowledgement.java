package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.TaskWatch;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.IncidentAcknowledged;
import org.incidentorchestrator.incident.IncidentGivenBack;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Claiming any task of an incident acknowledges it, in the claim's own transaction; giving <em>Respond to incident</em>
 * back arms the ladder again at the level it had reached.
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
            } else if (IncidentTasks.RESPOND.equals(task.getTaskDefinitionKey())) {
                giveBack(incident, task);
            }
        });
    }

    /** The record names who took it: only an administrator gives an incident to somebody else. */
    private static void refuseAnothersName(IncidentNumber incident, DelegateTask task) {
        IncidentTasks.caller(task)
                .filter(caller -> !caller.equals(task.getAssignee()) && !IncidentTasks.administrator(task))
                .ifPresent(caller -> {
                    throw new BadUserRequestException("%s cannot take %s in the name of %s, who has to claim it"
                            .formatted(caller, incident, task.getAssignee()));
                });
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

    void acknowledge(IncidentNumber incident, String person, ProcessEngineServices engine, String element) {
        if (!incidents.acknowledge(incident, person, clock.instant())) {
            return;
        }
        evidence.append(Entry.of(Entry.Kind.ACKNOWLEDGED, incident, person, person + " has taken it")
                .at(element));
        if (!IncidentTasks.RESPOND.equals(element)) {
            takeResponse(incident, person, engine.getTaskService());
        }
        IncidentTasks.tell(engine, IncidentTasks.ACKNOWLEDGED, incident);
        events.publishEvent(new IncidentAcknowledged(incidents.get(incident), person));
    }

    private static void takeResponse(IncidentNumber incident, String person, TaskService tasks) {
        Task respond = tasks.createTaskQuery()
                .processInstanceBusinessKey(incident.toString())
                .taskDefinitionKey(IncidentTasks.RESPOND)
                .taskUnassigned()
                .singleResult();
        if (respond != null) {
            tasks.setAssignee(respond.getId(), person);
        }
    }

    private static String told(String person, String holder) {
        return person + " has given it back" + (person.equals(holder) ? "" : " for " + holder) + "; paging goes on";
    }

    private void giveBack(IncidentNumber incident, DelegateTask task) {
        String holder = incidents.get(incident).takenBy().orElse("somebody");
        String person = IncidentTasks.caller(task).orElse(holder);
        if (incidents.giveBack(incident, clock.instant())) {
            evidence.append(Entry.of(Entry.Kind.GIVEN_BACK, incident, person, told(person, holder))
                    .at(task.getTaskDefinitionKey()));
            IncidentTasks.tell(task.getProcessEngineServices(), IncidentTasks.GIVEN_BACK, incident);
            events.publishEvent(new IncidentGivenBack(incidents.get(incident), told(person, holder)));
        }
    }
}
