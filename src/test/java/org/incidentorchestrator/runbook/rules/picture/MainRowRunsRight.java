package org.incidentorchestrator.runbook.rules.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/**
 * The way that is meant runs from left to right, as it is read: from a start along the first flow out of each node, up to an
 * end or to what was passed before.
 */
final class MainRowRunsRight implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Picture picture = Picture.of(model);
        return model.all(StartEvent.class)
                .flatMap(start -> row(model, start).stream())
                .filter(step -> !rightOf(
                        picture.shapes().get(step.to()), picture.shapes().get(step.from())))
                .map(step -> model.violation(
                        this,
                        step.to(),
                        "draw it to the right of " + step.from().getId()));
    }

    private record Step(FlowNode from, FlowNode to) {}

    private static List<Step> row(Model model, FlowNode start) {
        List<Step> row = new ArrayList<>();
        List<FlowNode> passed = new ArrayList<>(List.of(start));
        for (FlowNode at = start; !model.out(at).isEmpty(); ) {
            FlowNode next = model.out(at).get(0).getTarget();
            if (passed.contains(next)) {
                break;
            }
            row.add(new Step(at, next));
            passed.add(next);
            at = next;
        }
        return row;
    }

    private static boolean rightOf(Box node, Box before) {
        return node == null || before == null || node.x() >= before.right();
    }
}
