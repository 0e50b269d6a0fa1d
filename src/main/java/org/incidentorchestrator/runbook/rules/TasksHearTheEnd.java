package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/**
 * Nobody is left with a task of an incident that is over: a user task hears of the end. One that is to be done whatever
 * becomes of the incident says why in its property {@code outlives}.
 */
final class TasksHearTheEnd implements ModelRule {
    private static final Set<String> ENDS = Set.of("incident.alertResolved", "incident.ended");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(UserTask.class)
                .filter(task -> model.boundaries(task).noneMatch(TasksHearTheEnd::hearsTheEnd))
                .filter(task -> !Extensions.reason(task, "outlives"))
                .map(
                        task -> model.violation(
                                this,
                                task,
                                "put an interrupting event of incident.alertResolved at it, or say in its property outlives why it outlives the incident"));
    }

    private static boolean hearsTheEnd(BoundaryEvent event) {
        return event.cancelActivity()
                && event.getEventDefinitions().stream()
                        .filter(MessageEventDefinition.class::isInstance)
                        .map(MessageEventDefinition.class::cast)
                        .anyMatch(message -> message.getMessage() != null
                                && ENDS.contains(message.getMessage().getName()));
    }
}
