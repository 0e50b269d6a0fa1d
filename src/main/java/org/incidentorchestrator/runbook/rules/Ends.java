package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SubProcess;

/** Where ends lead to. */
final class Ends {
    private Ends() {}

    /** The error that an end throws; empty when it just ends. */
    static Optional<ErrorEventDefinition> error(EndEvent end) {
        return errors(end).findFirst();
    }

    /** The events at the border of a subprocess that catch an error thrown in it; else those further out. */
    static Stream<FlowNode> catching(Model model, ErrorEventDefinition thrown, SubProcess around) {
        return Stream.concat(Stream.of(around), Model.around(around))
                .map(scope -> model.boundaries(scope)
                        .filter(border -> catches(border, thrown.getError()))
                        .map(FlowNode.class::cast)
                        .toList())
                .filter(caught -> !caught.isEmpty())
                .findFirst()
                .stream()
                .flatMap(List::stream);
    }

    /** Whether the process ends here as it was meant to: no error, nothing handed to people, nothing only rehearsed. */
    static boolean well(FlowNode node) {
        return node instanceof EndEvent end
                && end.getParentElement() instanceof Process
                && error(end).isEmpty()
                && !Model.endsAs("handedToHuman", node)
                && !Model.endsAs("rehearsed", node)
                && !Model.endsAs("abandoned", node);
    }

    private static boolean catches(BoundaryEvent border, Error thrown) {
        return errors(border)
                .anyMatch(
                        caught -> caught.getError() == null || caught.getError().equals(thrown));
    }

    private static Stream<ErrorEventDefinition> errors(Event event) {
        return event.getChildElementsByType(ErrorEventDefinition.class).stream();
    }
}
