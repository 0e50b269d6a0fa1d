package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/** A task is offered to a group; a person who is away would be the only one to see it. */
final class TaskHasGroup implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(UserTask.class)
                .filter(task -> Extensions.attribute(task, "candidateGroups").isEmpty()
                        || !Extensions.attribute(task, "assignee").isEmpty()
                        || !Extensions.attribute(task, "candidateUsers").isEmpty())
                .map(task -> model.violation(
                        this, task, "set camunda:candidateGroups, and neither assignee nor candidate users"));
    }
}
