package org.incidentorchestrator.runbook.rules;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;

/** A reader learns from the model what it is for, what it can break, and what may be repeated. */
final class Documented implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        Stream<Violation> process = model.all(Process.class)
                .filter(each -> !saysAll(text(each)))
                .map(each -> model.violation(
                        this, each, "say in its documentation what it is for, 'When not to use:' and 'Blast radius:'"));
        Stream<Violation> tasks = model.all(ServiceTask.class)
                .filter(task -> !text(task).contains("Safe to repeat"))
                .map(task -> model.violation(
                        this,
                        task,
                        "say in its documentation what it does (the kubectl verb) and 'Safe to repeat' or why not"));
        Stream<Violation> calls = model.all(CallActivity.class)
                .filter(call -> text(call).isBlank())
                .map(call -> model.violation(this, call, "say in its documentation why it is called here"));
        return Stream.of(process, tasks, calls).flatMap(each -> each);
    }

    private static boolean saysAll(String text) {
        return text.contains("When not to use:") && text.contains("Blast radius:");
    }

    private static String text(BaseElement element) {
        return element.getDocumentations().stream()
                .map(Documentation::getTextContent)
                .collect(Collectors.joining("\n"));
    }
}
