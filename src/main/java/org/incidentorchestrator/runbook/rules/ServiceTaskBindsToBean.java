package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;

/** A service task is a step, a proposal, or a word to people. */
final class ServiceTaskBindsToBean implements ModelRule {
    private static final Set<String> BEANS = Set.of("steps", "proposals", "ladder", "approvals", "incidents");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class)
                .filter(task -> Calls.of(task)
                        .filter(call -> BEANS.contains(call.bean()))
                        .isEmpty())
                .map(
                        task -> model.violation(
                                this,
                                task,
                                "set camunda:delegateExpression to ${steps.…}, ${proposals.…}, ${ladder.…}, ${approvals.…} or ${incidents.…}"));
    }
}
