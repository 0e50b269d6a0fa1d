package org.incidentorchestrator.approval.paging;

import static org.incidentorchestrator.approval.IncidentTasks.RESPOND;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.PersonTasks;
import org.incidentorchestrator.approval.TaskWatch;
import org.incidentorchestrator.approval.paging.Invitations.Invitation;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What responders see of an incident in Tasklist: its tasks, offered to every level that was paged and to whoever was
 * asked beside, each with its {@link TaskCard}.
 */
@Component
@Order(15)
class ResponderTask implements TaskWatch {
    private final Incidents incidents;
    private final Invitations invitations;
    private final PersonTasks persons;
    private final TaskCard card;

    ResponderTask(Incidents incidents, Invitations invitations, PersonTasks persons, TaskCard card) {
        this.incidents = incidents;
        this.invitations = invitations;
        this.persons = persons;
        this.card = card;
    }

    /** Whoever has the incident keeps it when the task comes again after an answer that did not end it. */
    @Override
    public void created(DelegateTask task) {
        IncidentTasks.incident(task).ifPresent(number -> {
            Incident incident = incidents.get(number);
            if (!IncidentTasks.approve(task)) {
                List<Invitation> invited = invitations.of(number);
                missing(task.getCandidates(), groups(incident, invited)).forEach(task::addCandidateGroup);
                persons(invited).forEach(task::addCandidateUser);
            }
            if (IncidentTasks.respond(task)) {
                incident.takenBy().ifPresent(task::setAssignee);
            }
            card.begin(task, incident);
            card.escalate(task, incident);
        });
    }

    /** Whoever takes the incident, or gives it back, changes what all of its tasks are due for. */
    @Override
    public void assigned(DelegateTask task) {
        if (IncidentTasks.respond(task)) {
            IncidentTasks.incident(task).ifPresent(number -> {
                Incident incident = incidents.get(number);
                card.show(task, incident);
                IncidentTasks.unrestricted(task.getProcessEngineServices(), () -> {
                    refresh(incident, task.getProcessEngineServices());
                    return null;
                });
            });
        }
    }

    /** Brings the open tasks up to date with the row; what has none has nobody to show it to. */
    void refresh(Incident incident, ProcessEngineServices engine) {
        // Inside of a command what a query finds is the task itself, and is written with the command.
        open(incident.number(), engine.getTaskService())
                .list()
                .forEach(task -> card.show((DelegateTask) task, incident));
    }

    /** Gives the open task to whoever the row says has the incident, and shows what has changed. */
    void align(IncidentNumber number, ProcessEngineServices engine) {
        Incident incident = incidents.get(number);
        String holder = incident.takenBy().orElse(null);
        open(number, engine.getTaskService()).list().forEach(task -> {
            if (RESPOND.equals(task.getTaskDefinitionKey()) && !Objects.equals(task.getAssignee(), holder)) {
                engine.getTaskService().setAssignee(task.getId(), holder);
            }
            card.show((DelegateTask) task, incident);
        });
    }

    /** It has become worse: each of its tasks says so. */
    void worsen(Incident incident, ProcessEngineServices engine) {
        all(incident.number(), engine.getTaskService()).forEach(task -> card.worsen((DelegateTask) task, incident));
    }

    /** To every level that was paged, and to who was asked beside; earlier ones keep seeing them. */
    void offer(Incident incident, ProcessEngineServices engine) {
        List<Invitation> invited = invitations.of(incident.number());
        all(incident.number(), engine.getTaskService())
                .forEach(task -> offer(task, incident, invited, engine.getTaskService()));
    }

    /** What only a person can settle, to those who are asked for the rest of its incident, and by the same lines. */
    void begin(Task task, Incident incident, ProcessEngineServices engine) {
        card.lines((DelegateTask) task, incident);
        offer(task, incident, invitations.of(incident.number()), engine.getTaskService());
    }

    private void offer(Task task, Incident incident, List<Invitation> invited, TaskService tasks) {
        card.escalate((DelegateTask) task, incident);
        if (!IncidentTasks.APPROVE.equals(task.getTaskDefinitionKey())) {
            List<IdentityLink> links = tasks.getIdentityLinksForTask(task.getId());
            missing(links, groups(incident, invited)).forEach(group -> tasks.addCandidateGroup(task.getId(), group));
            persons(invited)
                    .filter(person -> links.stream().noneMatch(link -> person.equals(link.getUserId())))
                    .forEach(person -> tasks.addCandidateUser(task.getId(), person));
        }
    }

    /** Those of its processes, and what only a person can settle. */
    private List<Task> all(IncidentNumber number, TaskService tasks) {
        return Stream.concat(open(number, tasks).list().stream(), persons.open(number).stream())
                .toList();
    }

    private static TaskQuery open(IncidentNumber number, TaskService tasks) {
        return tasks.createTaskQuery().processInstanceBusinessKey(number.toString());
    }

    private static Stream<String> groups(Incident incident, List<Invitation> invited) {
        return Stream.concat(
                IntStream.rangeClosed(1, Math.min(incident.level(), 4)).mapToObj(level -> "l" + level),
                invited.stream().filter(Invitation::group).map(Invitation::name));
    }

    private static Stream<String> persons(List<Invitation> invited) {
        return invited.stream().filter(each -> !each.group()).map(Invitation::name);
    }

    /** The engine would offer a task twice to a group that is named twice, by the model and by us. */
    private static List<String> missing(Collection<? extends IdentityLink> offered, Stream<String> groups) {
        Set<String> present = offered.stream().map(IdentityLink::getGroupId).collect(Collectors.toSet());
        return groups.filter(group -> !present.contains(group)).distinct().toList();
    }
}
