package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** An interrupting event stops a running step after its change was made, and the result is lost. Only waits are interrupted; an error that a step itself raises is fine. */
final class NoStepInterrupted implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return Stream.concat(
                        model.all(ServiceTask.class),
                        Stream.concat(model.all(CallActivity.class), model.all(BusinessRuleTask.class)))
                .filter(task -> interruptible(model, task))
                .map(
                        task -> model.violation(
                                this,
                                task,
                                "take the interrupting timer, message or signal away from it and from the subprocesses around it"));
    }

    private static boolean interruptible(Model model, Activity task) {
        return Stream.concat(Stream.of(task), Model.around(task))
                        .anyMatch(scope -> model.boundaries(scope).anyMatch(NoStepInterrupted::interrupts))
                || inScopes(model, task).anyMatch(NoStepInterrupted::interruptedFromWithin);
    }

    private static boolean interrupts(BoundaryEvent event) {
        return event.cancelActivity()
                && event.getEventDefinitions().stream().noneMatch(ErrorEventDefinition.class::isInstance);
    }

    /** The event subprocesses that are siblings of the task or of a subprocess around it. */
    private static Stream<SubProcess> inScopes(Model model, Activity task) {
        Set<ModelElementInstance> scopes = Stream.concat(Stream.of(task), Model.around(task))
                .map(ModelElementInstance::getParentElement)
                .collect(Collectors.toSet());
        return model.all(SubProcess.class)
                .filter(SubProcess::triggeredByEvent)
                .filter(each -> scopes.contains(each.getParentElement()));
    }

    private static boolean interruptedFromWithin(SubProcess subprocess) {
        return subprocess.getChildElementsByType(StartEvent.class).stream()
                .anyMatch(start -> start.isInterrupting()
                        && start.getEventDefinitions().stream().noneMatch(ErrorEventDefinition.class::isInstance));
    }
}
