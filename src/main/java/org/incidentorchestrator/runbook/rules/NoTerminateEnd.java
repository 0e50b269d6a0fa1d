package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CancelEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;

/** An end that kills other tokens would kill a step while it runs. */
final class NoTerminateEnd implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(EndEvent.class)
                .filter(end -> end.getEventDefinitions().stream()
                        .anyMatch(each ->
                                each instanceof TerminateEventDefinition || each instanceof CancelEventDefinition))
                .map(end -> model.violation(
                        this, end, "use a plain end event, and let the other tokens come to their own end"));
    }
}
