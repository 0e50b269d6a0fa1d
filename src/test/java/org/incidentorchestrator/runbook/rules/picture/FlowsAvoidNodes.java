package org.incidentorchestrator.runbook.rules.picture;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/** A flow goes round every node but those that it joins, and touches these at their border. */
final class FlowsAvoidNodes implements ModelRule {
    /** How far a line may reach into a node that is none of its own, in px: a border is that thick. */
    private static final double BORDER = 2;

    @Override
    public Stream<Violation> check(Model model, Known known) {
        Picture picture = Picture.of(model);
        return picture.flows().entrySet().stream().flatMap(flow -> picture.notAround(flow.getKey())
                .filter(node -> flow.getValue().stream().anyMatch(inner(flow.getKey(), node)::crossedBy))
                .map(Map.Entry::getKey)
                .map(node -> model.violation(this, flow.getKey(), "lead it round " + node.getId())));
    }

    /** A flow may reach into the corner of a gateway that it joins, as the viewer docks it, and not to its middle. */
    private static Box inner(SequenceFlow flow, Map.Entry<FlowNode, Box> node) {
        Box box = node.getValue();
        boolean joins = List.of(flow.getSource(), flow.getTarget()).contains(node.getKey());
        return box.shrunk(joins ? Math.min(box.width(), box.height()) / 3 : BORDER);
    }
}
