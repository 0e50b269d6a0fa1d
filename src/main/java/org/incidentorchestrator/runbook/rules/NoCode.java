package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** A model says what is done; code in a model would be neither guarded nor recorded nor tested. */
final class NoCode implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Stream<Violation> scripts =
                model.all(ScriptTask.class).map(task -> model.violation(this, task, "make a step of the script"));
        Stream<Violation> calls = model.all(FlowElement.class)
                .filter(NoCode::hasCode)
                .map(each -> model.violation(this, each, "bind it by camunda:delegateExpression only"));
        Stream<Violation> parts = model.all(FlowElement.class)
                .filter(NoCode::hasCodeInside)
                .map(each -> model.violation(this, each, "take scripts, connectors, fields and listeners away"));
        return Stream.of(scripts, calls, parts).flatMap(each -> each);
    }

    private static boolean hasCode(FlowElement element) {
        return Stream.of("class", "expression", "type")
                .anyMatch(name -> !Extensions.attribute(element, name).isEmpty());
    }

    private static boolean hasCodeInside(FlowElement element) {
        return Stream.of("script", "connector", "field", "executionListener", "taskListener")
                .anyMatch(name -> has(element.getExtensionElements(), name));
    }

    private static boolean has(ModelElementInstance extensions, String name) {
        return extensions != null && has(extensions.getDomElement(), name);
    }

    private static boolean has(DomElement element, String name) {
        return element.getLocalName().equals(name)
                || element.getChildElements().stream().anyMatch(child -> has(child, name));
    }
}
