package org.incidentorchestrator.runbook.rules;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/** A user task shows a form that exists, asks each question anew, and shows only what the process knows. */
final class FormOfTask implements ModelRule {
    /** What the card of each task has. */
    private static final Set<String> OF_EVERY_TASK = Set.of("incident", "severity", "summary");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        return Stream.concat(
                model.all(StartEvent.class)
                        .filter(start -> !Extensions.attribute(start, "formRef").isEmpty())
                        .flatMap(start -> checkStart(model, start, known)),
                model.all(UserTask.class).flatMap(task -> check(model, task, known)));
    }

    /** Nothing is known yet that it could show; a field may depend on another one's answer. */
    private Stream<Violation> checkStart(Model model, StartEvent start, Known known) {
        FormFacts form = known.forms().get(Extensions.attribute(start, "formRef"));
        boolean shown = form != null
                && Extensions.attribute(start, "formRefBinding").equals("deployment")
                && form.keys().containsAll(form.shows());
        return shown
                ? Stream.empty()
                : Stream.of(
                        model.violation(
                                this,
                                start,
                                "set camunda:formRef to a form of the forms folder that shows no variable but its own fields, with formRefBinding deployment"));
    }

    private Stream<Violation> check(Model model, UserTask task, Known known) {
        FormFacts form = known.forms().get(Extensions.attribute(task, "formRef"));
        if (form == null || !Extensions.attribute(task, "formRefBinding").equals("deployment")) {
            return Stream.of(model.violation(
                    this, task, "set camunda:formRef to a form of the forms folder, with formRefBinding deployment"));
        }
        Stream<Violation> keys = form.keys().stream()
                .filter(key -> !"".equals(Extensions.inputs(task).get(key)))
                .map(key -> model.violation(
                        this, task, "add an empty input parameter '" + key + "', so that no earlier answer is shown"));
        Set<String> variables = new HashSet<>(Variables.of(model, known));
        variables.addAll(OF_EVERY_TASK);
        variables.addAll(Extensions.inputs(task).keySet());
        Stream<Violation> shown = form.shows().stream()
                .filter(name -> !variables.contains(name) && !form.keys().contains(name))
                .map(name -> model.violation(
                        this,
                        task,
                        "give the process the variable '" + name + "', which " + form.id() + ".form shows"));
        return Stream.concat(keys, shown);
    }
}
