package org.incidentorchestrator.runbook.rules.picture;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/** What is in a subprocess is drawn in it, with its label; a boundary event sits on the border of its activity. */
final class LiesInItsScope implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Picture picture = Picture.of(model);
        Stream<Violation> outside = Stream.of(picture.shapes(), picture.labels(), flows(picture))
                .flatMap(drawn -> drawn.entrySet().stream())
                .filter(drawn -> !(drawn.getKey() instanceof BoundaryEvent))
                .filter(drawn -> leaves(picture, drawn.getKey(), drawn.getValue()))
                .map(Map.Entry::getKey)
                .distinct()
                .map(element -> model.violation(this, element, "move it into its subprocess, or make that larger"));
        Stream<Violation> off = model.all(BoundaryEvent.class)
                .filter(event ->
                        !onBorder(picture.shapes().get(event), picture.shapes().get(event.getAttachedTo())))
                .map(event -> model.violation(
                        this,
                        event,
                        "put its middle on the border of "
                                + event.getAttachedTo().getId()));
        return Stream.concat(outside, off);
    }

    private static Map<? extends BaseElement, Box> flows(Picture picture) {
        return picture.flows().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, flow -> around(flow.getValue())));
    }

    private static Box around(List<Line> lines) {
        double left = lines.stream().mapToDouble(Line::left).min().orElseThrow();
        double upper = lines.stream().mapToDouble(Line::upper).min().orElseThrow();
        double right = lines.stream().mapToDouble(Line::right).max().orElseThrow();
        double lower = lines.stream().mapToDouble(Line::lower).max().orElseThrow();
        return new Box(left, upper, right - left, lower - upper);
    }

    private static boolean leaves(Picture picture, BaseElement element, Box box) {
        ModelElementInstance parent = element.getParentElement();
        return parent instanceof SubProcess scope
                && picture.shapes().containsKey(scope)
                && !picture.shapes().get(scope).contains(box);
    }

    private static boolean onBorder(Box event, Box activity) {
        if (event == null || activity == null) {
            return true;
        }
        var middle = new Box(event.middleX(), event.middleY(), 0, 0);
        return activity.shrunk(-2).contains(middle) && !activity.shrunk(2).contains(middle);
    }
}
