package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;

/** What was changed is resolved only if it was verified after that. */
final class VerifyAfterAct implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class)
                .filter(task -> Calls.of(task).filter(call -> call.acts(known)).isPresent())
                .filter(task -> Walk.from(model, List.of(task), VerifyAfterAct::verifies)
                        .anyMatch(node -> Model.endsAs("resolved", node)))
                .map(task ->
                        model.violation(this, task, "call verify-recovery on every way from it to endEvent_resolved"));
    }

    private static boolean verifies(FlowNode node) {
        return node instanceof CallActivity call && "verify-recovery".equals(call.getCalledElement());
    }
}
