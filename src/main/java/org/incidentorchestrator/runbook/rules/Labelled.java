package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;

/** Every node says in words what it stands for; a gateway that only joins, forks or waits says nothing. */
final class Labelled implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(FlowNode.class)
                .filter(node -> silent(model, node) == named(node))
                .map(
                        node -> model.violation(
                                this,
                                node,
                                named(node)
                                        ? "take the label away: it only joins, forks or waits"
                                        : "give it a label: a task verb and object, an event what has happened, a gateway a question"));
    }

    private static boolean silent(Model model, FlowNode node) {
        return node instanceof ParallelGateway
                || node instanceof EventBasedGateway
                || node instanceof ExclusiveGateway && model.out(node).size() < 2;
    }

    private static boolean named(FlowNode node) {
        return node.getName() != null && !node.getName().isBlank();
    }
}
