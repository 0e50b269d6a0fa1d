package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;

/** A change destroys what it does not like: evidence is captured on the way to it. */
final class CaptureBeforeAct implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return Walk.from(
                        model,
                        model.all(StartEvent.class)
                                .filter(start -> start.getParentElement() instanceof Process)
                                .map(FlowNode.class::cast)
                                .toList(),
                        CaptureBeforeAct::captures)
                .filter(node -> Calls.of(node).filter(call -> call.acts(known)).isPresent())
                .map(node -> model.violation(this, node, "call capture-evidence on every way to it"));
    }

    private static boolean captures(FlowNode node) {
        return node instanceof CallActivity call && "capture-evidence".equals(call.getCalledElement());
    }
}
