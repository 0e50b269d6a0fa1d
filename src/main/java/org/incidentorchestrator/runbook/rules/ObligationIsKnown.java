package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowElement;

/** What an element says it carries out is a line of the runbook. */
final class ObligationIsKnown implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(FlowElement.class).flatMap(element -> Extensions.obligations(element).stream()
                .filter(id -> !known.obligations().contains(id))
                .map(id -> model.violation(
                        this, element, "'" + id + "' is no line of obligations.tsv: name one that is")));
    }
}
