package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;

/** No node lies upon another; a boundary event lies upon its own activity only. */
final class NodesDoNotOverlap implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        List<BpmnShape> shapes = model.all(BpmnShape.class)
                .filter(shape -> shape.getBpmnElement() instanceof FlowNode
                        && !(shape.getBpmnElement() instanceof BoundaryEvent))
                .toList();
        return shapes.stream().flatMap(one -> shapes.stream()
                .filter(other ->
                        before(one, other) && siblings(one, other) && overlap(one.getBounds(), other.getBounds()))
                .map(other -> model.violation(
                        this,
                        other.getBpmnElement(),
                        "move it away from " + one.getBpmnElement().getId())));
    }

    private static boolean before(BpmnShape one, BpmnShape other) {
        return one.getBpmnElement().getId().compareTo(other.getBpmnElement().getId()) < 0;
    }

    private static boolean siblings(BpmnShape one, BpmnShape other) {
        return one.getBpmnElement()
                .getParentElement()
                .equals(other.getBpmnElement().getParentElement());
    }

    private static boolean overlap(Bounds one, Bounds other) {
        return one.getX() < other.getX() + other.getWidth()
                && other.getX() < one.getX() + one.getWidth()
                && one.getY() < other.getY() + other.getHeight()
                && other.getY() < one.getY() + one.getHeight();
    }
}
