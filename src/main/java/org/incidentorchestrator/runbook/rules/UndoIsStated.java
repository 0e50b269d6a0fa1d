package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.step.StepFacts;

/**
 * Whoever decides on a change finds in the model how it is taken back: its property {@code undo} names the step or the part
 * that does, or {@code irreversible} says why nothing does.
 */
final class UndoIsStated implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class)
                .filter(task -> Calls.of(task).filter(call -> call.acts(known)).isPresent())
                .flatMap(task -> wrong(task, known).map(remedy -> model.violation(this, task, remedy)));
    }

    private static Stream<String> wrong(ServiceTask task, Known known) {
        var undo = Extensions.property(task, "undo");
        if (undo.isPresent() == Extensions.property(task, "irreversible").isPresent()) {
            return Stream.of(
                    "say either how it is taken back (camunda:property undo: a step or a part) or why it cannot be (irreversible)");
        }
        if (undo.isPresent()) {
            return takesBack(undo.get(), known)
                    ? Stream.empty()
                    : Stream.of(
                            "'" + undo.get() + "' takes nothing back: name a step that changes something, or a part");
        }
        return Extensions.reason(task, "irreversible")
                ? Stream.empty()
                : Stream.of("say in a sentence why it cannot be taken back");
    }

    private static boolean takesBack(String name, Known known) {
        StepFacts step = known.steps().get(name);
        return step != null && step.changes()
                || known.models().stream()
                        .anyMatch(part -> part.isPart() && part.key().equals(name));
    }
}
