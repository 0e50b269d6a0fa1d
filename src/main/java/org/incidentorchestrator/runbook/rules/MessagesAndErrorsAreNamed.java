package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Message;

/** A message is {@code incident.<what happened>}, or {@code changes.<…>} where it concerns them all; an error has a camelCase code, and is never caught without one. */
final class MessagesAndErrorsAreNamed implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Stream<Violation> messages = model.all(Message.class)
                .filter(each -> each.getName() == null
                        || !each.getName().matches("(incident|changes)\\.[a-z][A-Za-z]+")
                        || !each.getId().equals("message_" + each.getName().replaceFirst(".*\\.", "")))
                .map(each -> model.violation(
                        this, each, "name it incident.<pastParticiple>, with the id message_<pastParticiple>"));
        Stream<Violation> errors = model.all(Error.class)
                .filter(each ->
                        each.getErrorCode() == null || !each.getErrorCode().matches("[a-z][A-Za-z]+"))
                .map(each -> model.violation(this, each, "give it a camelCase error code"));
        Stream<Violation> uncoded = model.all(ErrorEventDefinition.class)
                .filter(each -> each.getError() == null)
                .map(each -> model.violation(
                        this,
                        (BaseElement) each.getParentElement(),
                        "name the error: without a code it would catch what it was not made for"));
        return Stream.of(messages, errors, uncoded).flatMap(each -> each);
    }
}
