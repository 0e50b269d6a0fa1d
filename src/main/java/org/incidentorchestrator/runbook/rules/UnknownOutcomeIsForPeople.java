package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;

/** Whether a change was made is not known: a person has to look, before anything else is done. */
final class UnknownOutcomeIsForPeople implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(BoundaryEvent.class)
                .filter(UnknownOutcomeIsForPeople::unknown)
                .filter(event -> Walk.from(model, List.of(event), node -> false)
                        .anyMatch(node -> !node.equals(event) && !Model.endsAs("handedToHuman", node)))
                .map(event -> model.violation(this, event, "lead it to endEvent_handedToHuman, and nowhere else"));
    }

    private static boolean unknown(BoundaryEvent event) {
        return event.getEventDefinitions().stream()
                .anyMatch(each -> each instanceof ErrorEventDefinition error
                        && error.getError() != null
                        && "outcomeUnknown".equals(error.getError().getErrorCode()));
    }
}
