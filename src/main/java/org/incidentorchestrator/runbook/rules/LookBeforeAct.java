package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;

/** No change before something was looked at on the way to it. */
final class LookBeforeAct implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return Walk.from(model, model.starts(), node -> looks(node, known))
                .filter(node -> Calls.of(node).filter(call -> call.acts(known)).isPresent())
                .map(node -> model.violation(this, node, "put a look on every way to it"));
    }

    private static boolean looks(FlowNode node, Known known) {
        return Calls.of(node).filter(call -> call.looks(known)).isPresent();
    }
}
