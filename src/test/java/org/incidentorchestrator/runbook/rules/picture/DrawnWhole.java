package org.incidentorchestrator.runbook.rules.picture;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/** What is in the model is in the picture. */
final class DrawnWhole implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Set<BaseElement> shapes =
                model.all(BpmnShape.class).map(BpmnShape::getBpmnElement).collect(Collectors.toSet());
        Set<BaseElement> edges =
                model.all(BpmnEdge.class).map(BpmnEdge::getBpmnElement).collect(Collectors.toSet());
        Stream<Violation> nodes = model.all(FlowNode.class)
                .filter(node -> !shapes.contains(node))
                .map(node -> model.violation(this, node, "draw a shape for it"));
        Stream<Violation> flows = model.all(SequenceFlow.class)
                .filter(flow -> !edges.contains(flow))
                .map(flow -> model.violation(this, flow, "draw an edge for it"));
        return Stream.concat(nodes, flows);
    }
}
