package org.incidentorchestrator.runbook.rules.picture;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/** No flow goes across another or along one so closely that they look like one; those to the same node may join. */
final class FlowsDoNotCross implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        List<Map.Entry<SequenceFlow, List<Line>>> flows =
                List.copyOf(Picture.of(model).flows().entrySet());
        return flows.stream().flatMap(one -> flows.stream()
                .filter(other -> one.getKey().getId().compareTo(other.getKey().getId()) < 0)
                .filter(other -> !one.getKey().getTarget().equals(other.getKey().getTarget()))
                .filter(other -> meet(one.getValue(), other.getValue()))
                .map(other -> model.violation(
                        this,
                        one.getKey(),
                        "lead it so that it does not meet " + other.getKey().getId())));
    }

    private static boolean meet(List<Line> one, List<Line> other) {
        return one.stream()
                .anyMatch(line -> other.stream().anyMatch(each -> line.crosses(each) || line.runsAlong(each)));
    }
}
