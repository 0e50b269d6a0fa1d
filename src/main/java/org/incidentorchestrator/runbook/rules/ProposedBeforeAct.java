package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.runbook.rules.Parts.Place;

/**
 * What is made was proposed: a change is reached from a proposal of the same step, in its own model or, where a part is
 * handed the proposal, in each model that calls it.
 */
final class ProposedBeforeAct implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class)
                .flatMap(task -> Calls.of(task).filter(call -> call.acts(known)).stream())
                .filter(call -> !proposed(new Place(model, call.task()), call.name(), known))
                .map(call -> model.violation(
                        this,
                        call.task(),
                        "put ${proposals." + call.name() + "} on the way to it, and a decision on that"));
    }

    private static boolean proposed(Place change, String step, Known known) {
        return change.model()
                        .all(FlowNode.class)
                        .filter(node -> Parts.has(node, inside -> proposes(inside, step), known))
                        .anyMatch(node -> new Place(change.model(), node)
                                .onwards(none -> false)
                                .anyMatch(change.node()::equals))
                || handedIn(change, step, known);
    }

    private static boolean handedIn(Place change, String step, Known known) {
        var callers = Parts.callers(change.model(), known);
        return !callers.isEmpty() && callers.stream().allMatch(call -> proposed(call, step, known));
    }

    private static boolean proposes(FlowNode node, String step) {
        return Calls.of(node)
                .filter(call -> call.proposes() && call.name().equals(step))
                .isPresent();
    }
}
