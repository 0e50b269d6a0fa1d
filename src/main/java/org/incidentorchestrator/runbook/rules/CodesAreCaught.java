package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.step.StepFacts;

/** An error that nobody catches stops the run at an engine incident: what a step declares is led somewhere. */
final class CodesAreCaught implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class).flatMap(task -> Calls.ofStep(task).stream()
                .flatMap(call -> codes(call, known).stream())
                .filter(code -> Stream.concat(Stream.of(task), Model.around(task))
                        .noneMatch(scope -> catches(model, scope, code)))
                .map(code -> model.violation(
                        this, task, "catch the error '" + code + "' at it or at a subprocess around it")));
    }

    private static Set<String> codes(Calls call, Known known) {
        Set<String> codes = new TreeSet<>(call.step(known).map(StepFacts::codes).orElse(Set.of()));
        if (call.proposes()) {
            codes.removeAll(Set.of("planChanged", "outcomeUnknown"));
        }
        return codes;
    }

    static boolean catches(Model model, Activity scope, String code) {
        return model.boundaries(scope)
                .flatMap(event -> event.getEventDefinitions().stream())
                .anyMatch(each -> each instanceof ErrorEventDefinition error
                        && error.getError() != null
                        && code.equals(error.getError().getErrorCode()));
    }
}
