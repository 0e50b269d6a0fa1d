package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;

/**
 * A change destroys what it does not like: evidence is captured on the way to it. A part that changes something is judged
 * where it is called. Where minutes count, a capture may run beside the way to the change, begun at a fork, if a timer
 * bounds how long it is waited for.
 */
final class CaptureBeforeAct implements ModelRule {
    private static final Set<String> CAPTURES = Set.of("capture-evidence", "capture-forensics");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        if (isPart(model)) {
            return Stream.empty();
        }
        return Walk.from(
                        model,
                        model.all(StartEvent.class)
                                .filter(start -> start.getParentElement() instanceof Process)
                                .map(FlowNode.class::cast)
                                .toList(),
                        node -> captures(node) || begins(model, node))
                .filter(node -> acts(node, known))
                .map(node -> model.violation(this, node, "call capture-evidence on every way to it"));
    }

    private static boolean isPart(Model model) {
        return model.path().toString().contains("parts");
    }

    private static boolean acts(FlowNode node, Known known) {
        return Calls.of(node).filter(call -> call.acts(known)).isPresent()
                || node instanceof CallActivity call
                        && known.models().stream()
                                .filter(part -> part.key().equals(call.getCalledElement()))
                                .flatMap(part -> part.all(ServiceTask.class))
                                .flatMap(task -> Calls.of(task).stream())
                                .anyMatch(task -> task.acts(known));
    }

    private static boolean captures(FlowNode node) {
        return node instanceof CallActivity call && CAPTURES.contains(call.getCalledElement());
    }

    /** A fork, one of whose branches is a bounded capture. */
    private static boolean begins(Model model, FlowNode node) {
        return node instanceof ParallelGateway
                && model.next(node)
                        .anyMatch(
                                next -> captures(next) && model.boundaries(next).anyMatch(CaptureBeforeAct::bounds));
    }

    private static boolean bounds(BoundaryEvent event) {
        return event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
    }
}
