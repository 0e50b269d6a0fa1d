package org.incidentorchestrator.runbook.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;

/**
 * What a clock repeats comes to an end. The timer's property {@code bound} names the variable that ends it (a counter, or
 * what a look with a deadline of its own says), and a gateway on the
 * shortest way round leads away from it by that variable. A timer at the
 * border of a wait that a message ends needs none: somebody ends it; nor does one that interrupts nothing.
 */
final class LoopsAreBounded implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(CatchEvent.class)
                .filter(event -> event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance))
                .filter(event -> !(event instanceof BoundaryEvent border) || !endedByMessage(model, border))
                .flatMap(event -> wrong(model, event, loop(model, event), Variables.of(model, known))
                        .map(remedy -> model.violation(this, event, remedy)));
    }

    /** The nodes of the shortest way from the event back to it; empty when there is none. */
    private static Set<FlowNode> loop(Model model, CatchEvent event) {
        Map<FlowNode, FlowNode> before = new LinkedHashMap<>();
        Deque<FlowNode> open = new ArrayDeque<>(List.of(event));
        while (!open.isEmpty() && !before.containsKey(event)) {
            FlowNode node = open.remove();
            model.next(node)
                    .filter(next -> before.putIfAbsent(next, node) == null)
                    .forEach(open::add);
        }
        Set<FlowNode> loop = new LinkedHashSet<>();
        for (FlowNode node = event; before.containsKey(event) && loop.add(node); ) {
            node = before.get(node);
        }
        return loop;
    }

    private static Stream<String> wrong(Model model, CatchEvent event, Set<FlowNode> loop, Set<String> variables) {
        if (!loop.contains(event)) {
            return Stream.empty();
        }
        String bound = Extensions.property(event, "bound").orElse("");
        if (!variables.contains(bound)) {
            return Stream.of(
                    "name the variable that ends its loop in its property bound: a counter, or a look's own deadline");
        }
        return loop.stream().anyMatch(node -> leaves(model, node, loop, bound))
                ? Stream.empty()
                : Stream.of("no gateway of its loop leads out of it by '" + bound + "': let one do so");
    }

    private static boolean leaves(Model model, FlowNode node, Set<FlowNode> loop, String bound) {
        List<SequenceFlow> out = model.out(node);
        Pattern word = Pattern.compile("\\b" + Pattern.quote(bound) + "\\b");
        return out.stream().anyMatch(flow -> !loop.contains(flow.getTarget()))
                && out.stream()
                        .filter(flow -> flow.getConditionExpression() != null)
                        .anyMatch(flow -> word.matcher(
                                        flow.getConditionExpression().getTextContent())
                                .find());
    }

    private static boolean endedByMessage(Model model, BoundaryEvent border) {
        return !border.cancelActivity()
                || model.boundaries(border.getAttachedTo())
                        .filter(BoundaryEvent::cancelActivity)
                        .anyMatch(other -> other.getEventDefinitions().stream()
                                .anyMatch(MessageEventDefinition.class::isInstance));
    }
}
