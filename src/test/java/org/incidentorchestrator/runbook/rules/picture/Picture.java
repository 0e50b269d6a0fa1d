package org.incidentorchestrator.runbook.rules.picture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.incidentorchestrator.runbook.rules.Model;

/**
 * What the viewer draws of a model: a rectangle for each node, lines for each flow, and the rectangle that each text
 * beside them takes. A label's bounds in the file say where its middle and its upper edge are; how large it is follows from
 * its text. Where the file has none, it is where the viewer puts it.
 */
record Picture(Map<FlowNode, Box> shapes, Map<SequenceFlow, List<Line>> flows, Map<BaseElement, Box> labels) {
    /** How far the viewer puts the label of a flow away from its middle. */
    private static final double BESIDE = 15;

    private static final double SUBPROCESS_FONT = 12;
    private static final double SUBPROCESS_TOP = 5;

    static Picture of(Model model) {
        var picture = new Picture(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        model.all(BpmnShape.class).forEach(picture::add);
        model.all(BpmnEdge.class).forEach(picture::add);
        return picture;
    }

    private void add(BpmnShape shape) {
        if (!(shape.getBpmnElement() instanceof FlowNode node)) {
            return;
        }
        Box box = Box.of(shape.getBounds());
        shapes.put(node, box);
        if (named(node.getName()) && (node instanceof Event || node instanceof Gateway)) {
            TextSize size = TextSize.ofLabel(node.getName());
            labels.put(
                    node,
                    bounds(shape.getBpmnLabel())
                            .map(told -> size.below(told.middleX(), told.y()))
                            .orElse(size.below(box.middleX(), box.bottom())));
        }
        if (named(node.getName()) && node instanceof SubProcess) {
            labels.put(
                    node,
                    TextSize.ofLine(node.getName(), SUBPROCESS_FONT).below(box.middleX(), box.y() + SUBPROCESS_TOP));
        }
    }

    private void add(BpmnEdge edge) {
        if (!(edge.getBpmnElement() instanceof SequenceFlow flow)) {
            return;
        }
        List<Waypoint> points = List.copyOf(edge.getWaypoints());
        flows.put(
                flow,
                IntStream.range(1, points.size())
                        .mapToObj(n -> line(points.get(n - 1), points.get(n)))
                        .toList());
        if (named(flow.getName())) {
            TextSize size = TextSize.ofLabel(flow.getName());
            labels.put(
                    flow,
                    bounds(edge.getBpmnLabel())
                            .map(told -> size.below(told.middleX(), told.y()))
                            .orElseGet(() -> besideMiddle(flows.get(flow), size)));
        }
    }

    /** Beside the middle of the flow's middle piece: above one that is level, to the right of an upright one. */
    private static Box besideMiddle(List<Line> lines, TextSize size) {
        Line middle = lines.get((lines.size() - 1) / 2);
        double x = (middle.fromX() + middle.toX()) / 2 + (middle.level() ? 0 : BESIDE);
        double y = (middle.fromY() + middle.toY()) / 2 - (middle.level() ? BESIDE : 0);
        return size.below(x, y - size.height() / 2);
    }

    private static Optional<Box> bounds(BpmnLabel label) {
        return Optional.ofNullable(label).map(BpmnLabel::getBounds).map(Box::of);
    }

    private static Line line(Waypoint from, Waypoint to) {
        return new Line(from.getX(), from.getY(), to.getX(), to.getY());
    }

    private static boolean named(String name) {
        return name != null && !name.isBlank();
    }

    /** The shapes that may lie behind an element: the subprocesses around it. */
    Stream<Map.Entry<FlowNode, Box>> notAround(BaseElement element) {
        return shapes.entrySet().stream().filter(shape -> !around(shape.getKey(), element));
    }

    static boolean around(FlowNode scope, BaseElement element) {
        return Stream.iterate(element.getParentElement(), parent -> parent != null, parent -> parent.getParentElement())
                .anyMatch(scope::equals);
    }
}
