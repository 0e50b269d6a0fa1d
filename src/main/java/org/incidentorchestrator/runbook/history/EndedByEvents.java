package org.incidentorchestrator.runbook.history;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/**
 * Which passes an event ended, and which event. The engine writes of each of them that it was cancelled, and of none by what:
 * of what an event at its boundary interrupted, but also of a choice among events when one of them came, which is what it
 * waited for. Whatever goes on in the same scope after something there was cancelled goes on by such an event: the first one
 * that was not that of an earlier pass. Where nothing goes on, the scope itself was ended.
 */
final class EndedByEvents {
    private final BpmnModelInstance model;
    private final List<Pass> passes;
    private final Set<Pass> assigned = new HashSet<>();

    private EndedByEvents(BpmnModelInstance model, List<Pass> passes) {
        this.model = model;
        this.passes = passes;
    }

    /** @param passes all of one instance, in order @return the same, those that an event ended with that event */
    static List<Pass> in(BpmnModelInstance model, List<Pass> passes) {
        var found = new EndedByEvents(model, passes);
        return passes.stream().map(found::withItsEvent).toList();
    }

    private Pass withItsEvent(Pass pass) {
        if (pass.state() != Pass.State.CANCELLED || pass.scope() == null) {
            return pass;
        }
        Pass.State ended =
                node(pass.element()).filter(EventBasedGateway.class::isInstance).isPresent()
                        ? Pass.State.COMPLETED
                        : Pass.State.CANCELLED;
        return event(pass).map(event -> pass.endedBy(event.element(), ended)).orElse(pass);
    }

    private Optional<Pass> event(Pass ended) {
        Optional<Pass> event = passes.stream()
                .filter(pass -> ended.scope().equals(pass.scope()) && ended.endedBy(pass.startedAt()))
                .filter(pass -> ends(pass, ended) && !assigned.contains(pass))
                .findFirst();
        event.ifPresent(assigned::add);
        return event;
    }

    private boolean ends(Pass event, Pass ended) {
        return node(event.element())
                .filter(node -> node instanceof BoundaryEvent boundary
                        ? boundary.cancelActivity()
                                && boundary.getAttachedTo().getId().equals(ended.element())
                        : awaited(node, ended.element()))
                .isPresent();
    }

    private static boolean awaited(FlowNode event, String gateway) {
        return event.getIncoming().stream()
                .map(SequenceFlow::getSource)
                .anyMatch(source ->
                        source instanceof EventBasedGateway && source.getId().equals(gateway));
    }

    private Optional<FlowNode> node(String element) {
        return Optional.ofNullable(model.getModelElementById(element))
                .filter(FlowNode.class::isInstance)
                .map(FlowNode.class::cast);
    }
}
