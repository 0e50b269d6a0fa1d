package org.incidentorchestrator.runbook.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;

/** The nodes that a token can reach. */
final class Walk {
    private Walk() {}

    /** All nodes that can be reached without passing through one that stops; the starts are passed in any case. */
    static Stream<FlowNode> from(Model model, List<FlowNode> starts, Predicate<FlowNode> stops) {
        Set<FlowNode> seen = new LinkedHashSet<>(starts);
        Deque<FlowNode> open = new ArrayDeque<>(starts);
        while (!open.isEmpty()) {
            FlowNode node = open.pop();
            if (!stops.test(node)) {
                model.next(node).filter(seen::add).forEach(open::push);
            }
        }
        return seen.stream();
    }
}
