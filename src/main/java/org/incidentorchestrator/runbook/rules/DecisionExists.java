package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;

/** A decision is a table of the decisions folder, of the same deployment, and gives one value. */
final class DecisionExists implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(BusinessRuleTask.class)
                .filter(task -> !known.decisions().contains(Extensions.attribute(task, "decisionRef"))
                        || !Extensions.attribute(task, "decisionRefBinding").equals("deployment")
                        || !Extensions.attribute(task, "mapDecisionResult").equals("singleEntry"))
                .map(
                        task -> model.violation(
                                this,
                                task,
                                "set decisionRef to a table of processes/decisions, decisionRefBinding deployment, mapDecisionResult singleEntry"));
    }
}
