package org.incidentorchestrator.runbook.rules.picture;

import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/** No node lies upon another, but in its subprocess, and a boundary event at its own activity. */
final class NodesDoNotOverlap implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Picture picture = Picture.of(model);
        return picture.shapes().entrySet().stream().flatMap(one -> picture.shapes().entrySet().stream()
                .filter(other -> before(one.getKey(), other.getKey()))
                .filter(other -> one.getValue().overlaps(other.getValue()))
                .filter(other -> !belongs(one.getKey(), other.getKey()))
                .map(Map.Entry::getKey)
                .map(other -> model.violation(
                        this, other, "move it away from " + one.getKey().getId())));
    }

    private static boolean before(FlowNode one, FlowNode other) {
        return one.getId().compareTo(other.getId()) < 0;
    }

    private static boolean belongs(FlowNode one, FlowNode other) {
        return Picture.around(one, other) || Picture.around(other, one) || at(one, other) || at(other, one);
    }

    private static boolean at(FlowNode event, FlowNode activity) {
        return event instanceof BoundaryEvent border && activity.equals(border.getAttachedTo());
    }
}
