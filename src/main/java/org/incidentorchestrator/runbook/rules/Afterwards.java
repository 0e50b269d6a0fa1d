package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.function.Predicate;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.incidentorchestrator.runbook.rules.Parts.Place;

/** What follows a change. A part that ends without it leaves it to those that call it. */
record Afterwards(Predicate<FlowNode> wanted, Set<String> outcomes, Known known) {
    /** Whether some way from a node leads to an end of one of the outcomes and passes nothing that is wanted. */
    boolean forgotten(Place place) {
        return place.onwards(wanted)
                .anyMatch(node -> place.model().isPart()
                        ? Ends.well(node)
                                && Parts.callers(place.model(), known).stream().anyMatch(this::forgotten)
                        : outcomes.stream().anyMatch(outcome -> Model.endsAs(outcome, node)));
    }
}
