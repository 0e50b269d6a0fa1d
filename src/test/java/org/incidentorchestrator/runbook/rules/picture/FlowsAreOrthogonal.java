package org.incidentorchestrator.runbook.rules.picture;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/** A flow goes across or up and down. */
final class FlowsAreOrthogonal implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(BpmnEdge.class)
                .filter(edge -> slanted(List.copyOf(edge.getWaypoints())))
                .map(edge -> model.violation(
                        this, edge.getBpmnElement(), "draw it with horizontal and vertical lines only"));
    }

    private static boolean slanted(List<Waypoint> points) {
        return IntStream.range(1, points.size())
                .anyMatch(n -> Math.abs(points.get(n).getX() - points.get(n - 1).getX()) > 1
                        && Math.abs(points.get(n).getY() - points.get(n - 1).getY()) > 1);
    }
}
