package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** An id is {@code <type>_<camelCase of the label>}, so that a log line can be found in the picture. Two of a label differ by a suffix. */
final class ElementId implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Stream<Violation> nodes = model.all(FlowNode.class)
                .filter(node -> !node.getId().matches(expected(node) + "(_[a-zA-Z0-9]+)?"))
                .map(node -> model.violation(
                        this, node, "rename it to " + expected(node).replace("[a-zA-Z0-9]+", "…")));
        Stream<Violation> flows = model.all(SequenceFlow.class)
                .filter(flow -> !flow.getId().matches("flow_[a-zA-Z0-9]+"))
                .map(flow -> model.violation(this, flow, "rename it to flow_<source>To<target>"));
        return Stream.concat(nodes, flows);
    }

    private static String expected(FlowNode node) {
        String name = node.getName() == null ? "[a-zA-Z0-9]+" : camelCase(node.getName());
        return prefix(node) + "_" + name;
    }

    private static String prefix(FlowNode node) {
        if (node instanceof Gateway) {
            return "gateway";
        }
        String type = node.getElementType().getTypeName();
        return node instanceof Event && !type.matches("startEvent|endEvent") ? "event" : type;
    }

    /** Articles are left out: "Handed to a human" is handedToHuman. */
    static String camelCase(String label) {
        List<String> words = Stream.of(label.replace("'", "").split("[^A-Za-z0-9]+"))
                .filter(word -> !word.toLowerCase(Locale.ROOT).matches("a|an|the|"))
                .toList();
        return IntStream.range(0, words.size())
                .mapToObj(n -> n == 0 ? words.get(n).toLowerCase(Locale.ROOT) : capital(words.get(n)))
                .collect(Collectors.joining());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
