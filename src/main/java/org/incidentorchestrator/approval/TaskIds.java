package org.incidentorchestrator.approval;

import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.OpenTasks;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Says outwards which task a message is about. */
@Component
class TaskIds implements OpenTasks {
    private final TaskService tasks;
    private final PersonTasks persons;

    TaskIds(@Lazy TaskService tasks, PersonTasks persons) {
        this.tasks = tasks;
        this.persons = persons;
    }

    @Override
    public Optional<String> respond(IncidentNumber incident) {
        return tasks
                .createTaskQuery()
                .processInstanceBusinessKey(incident.toString())
                .taskDefinitionKey(IncidentTasks.RESPOND)
                .list()
                .stream()
                .map(Task::getId)
                .findFirst();
    }

    @Override
    public Optional<String> about(String subject) {
        return persons.open(subject).map(Task::getId);
    }
}
