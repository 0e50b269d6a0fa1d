package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;

/** What a model does by calling others. A call by an expression leads to a runbook, which is judged by itself. */
final class Parts {
    private Parts() {}

    static Optional<Model> called(FlowNode node, Known known) {
        return node instanceof CallActivity call
                ? known.models().stream()
                        .filter(part -> part.key().equals(call.getCalledElement()))
                        .findFirst()
                : Optional.empty();
    }

    static boolean calls(FlowNode node, String key) {
        return node instanceof CallActivity call && key.equals(call.getCalledElement());
    }

    /** Whether a node is such a one, or calls a part that has such a one, however deep. */
    static boolean has(FlowNode node, Predicate<FlowNode> wanted, Known known) {
        return wanted.test(node)
                || called(node, known).stream()
                        .flatMap(part -> part.all(FlowNode.class))
                        .anyMatch(inside -> has(inside, wanted, known));
    }

    /** Whether it changes something, by itself or by what it calls. */
    static boolean acts(FlowNode node, Known known) {
        return has(node, each -> Calls.of(each).filter(call -> call.acts(known)).isPresent(), known);
    }

    /** Each call of a part, with the model that makes it. */
    static List<Place> callers(Model part, Known known) {
        return known.models().stream()
                .flatMap(caller -> caller.all(CallActivity.class)
                        .filter(call -> calls(call, part.key()))
                        .map(call -> new Place(caller, call)))
                .toList();
    }

    /** A node of a model. */
    record Place(Model model, FlowNode node) {
        /** Those that can be reached from here without passing one that stops; the node itself is left out. */
        Stream<FlowNode> onwards(Predicate<FlowNode> stops) {
            return Walk.from(model, model.next(node).toList(), stops);
        }
    }
}
