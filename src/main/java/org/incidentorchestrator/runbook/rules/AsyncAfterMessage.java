package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;

/** One delivery wakes every wait of an incident; it is rolled back when what follows one wait removes another in the same breath. */
final class AsyncAfterMessage implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(CatchEvent.class)
                .filter(AsyncAfterMessage::hears)
                .flatMap(event -> model.out(event).stream())
                .filter(flow -> !Extensions.asyncBefore(flow.getTarget()))
                .map(flow -> model.violation(
                        this,
                        flow.getTarget(),
                        "set camunda:asyncBefore=\"true\": it follows the message event "
                                + flow.getSource().getId()));
    }

    private static boolean hears(CatchEvent event) {
        boolean message = event.getEventDefinitions().stream().anyMatch(MessageEventDefinition.class::isInstance);
        boolean waits = event instanceof IntermediateCatchEvent
                || event instanceof BoundaryEvent boundary && boundary.cancelActivity();
        return message && waits;
    }
}
