package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;

/**
 * A change destroys what it does not like: evidence is captured on the way to it. A part that changes something, by itself
 * or by what it calls, is judged where it is called. Where minutes count, a capture may run beside the way to the change,
 * begun at a fork, if a timer bounds how long it is waited for. A part that captures and changes nothing does so for who
 * calls it. Of a cluster that does not answer, that it was asked and was silent is all the evidence there is.
 * What captures by itself, further in, says so in its property {@code evidence}.
 */
final class CaptureBeforeAct implements ModelRule {
    private static final Set<String> CAPTURES = Set.of("capture-evidence", "capture-forensics", "prove-outage");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        if (model.isPart()) {
            return Stream.empty();
        }
        return Walk.from(model, model.starts(), node -> captures(node, known) || begins(model, node, known))
                .filter(node -> Parts.acts(node, known))
                .filter(node -> !Extensions.reason(node, "evidence"))
                .map(node -> model.violation(this, node, "call capture-evidence on every way to it"));
    }

    private static boolean captures(FlowNode node, Known known) {
        return !Parts.acts(node, known) && Parts.has(node, CaptureBeforeAct::isCapture, known);
    }

    private static boolean isCapture(FlowNode node) {
        return node instanceof CallActivity call && CAPTURES.contains(call.getCalledElement());
    }

    /** A fork, one of whose branches is a bounded capture. */
    private static boolean begins(Model model, FlowNode node, Known known) {
        return node instanceof ParallelGateway
                && model.next(node)
                        .anyMatch(next ->
                                captures(next, known) && model.boundaries(next).anyMatch(CaptureBeforeAct::bounds));
    }

    private static boolean bounds(BoundaryEvent event) {
        return event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
    }
}
