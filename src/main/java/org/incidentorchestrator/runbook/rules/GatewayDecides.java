package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ComplexGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;

/** Exactly one answer: one default, and a condition on each other flow. Inclusive and complex gateways cannot be read. */
final class GatewayDecides implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Stream<Violation> unreadable = Stream.<Gateway>concat(
                        model.all(InclusiveGateway.class), model.all(ComplexGateway.class))
                .map(gateway -> model.violation(this, gateway, "use an exclusive or a parallel gateway"));
        List<ExclusiveGateway> questions = model.all(ExclusiveGateway.class)
                .filter(gateway -> model.out(gateway).size() > 1)
                .toList();
        Stream<Violation> noDefault = questions.stream()
                .filter(gateway -> gateway.getDefault() == null)
                .map(gateway ->
                        model.violation(this, gateway, "set the default flow: the answer when nothing is known"));
        Stream<Violation> conditions = questions.stream()
                .flatMap(gateway -> model.out(gateway).stream()
                        .filter(flow -> flow.equals(gateway.getDefault()) == (flow.getConditionExpression() != null)))
                .map(flow -> model.violation(this, flow, "a default flow has no condition, every other one has one"));
        return Stream.of(unreadable, noDefault, conditions).flatMap(each -> each);
    }
}
