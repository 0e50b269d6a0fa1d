package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;

/** A gateway is a question, and its flows are the answers. */
final class GatewayAsks implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        List<ExclusiveGateway> questions = model.all(ExclusiveGateway.class)
                .filter(gateway -> model.out(gateway).size() > 1)
                .toList();
        Stream<Violation> unasked = questions.stream()
                .filter(gateway ->
                        gateway.getName() == null || !gateway.getName().endsWith("?"))
                .map(gateway -> model.violation(this, gateway, "label it with a question that ends in '?'"));
        Stream<Violation> unanswered = questions.stream()
                .flatMap(gateway -> model.out(gateway).stream())
                .filter(flow -> flow.getName() == null || flow.getName().isBlank())
                .map(flow -> model.violation(this, flow, "label it with its answer to the question"));
        return Stream.concat(unasked, unanswered);
    }
}
