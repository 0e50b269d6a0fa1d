package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.runbook.rules.Parts.Place;

/** What is done for the time being ends: from a proposal of it, and from the change, end-lease can be reached. */
final class LeaseEnds implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class)
                .filter(task -> Calls.of(task).filter(Calls::proposes).isPresent())
                .filter(task -> !Extensions.inputs(task)
                        .getOrDefault("temporary", "${false}")
                        .equals("${false}"))
                .filter(task -> !ends(new Place(model, task), known))
                .map(task -> model.violation(this, task, "call end-lease after the change: it is for the time being"));
    }

    private static boolean ends(Place place, Known known) {
        return place.onwards(node -> false).anyMatch(LeaseEnds::endsLease)
                || place.model().isPart()
                        && Parts.callers(place.model(), known).stream().anyMatch(call -> ends(call, known));
    }

    private static boolean endsLease(FlowNode node) {
        return Parts.calls(node, "end-lease");
    }
}
