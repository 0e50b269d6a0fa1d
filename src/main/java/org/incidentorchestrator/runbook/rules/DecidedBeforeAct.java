package org.incidentorchestrator.runbook.rules;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.incidentorchestrator.runbook.rules.Parts.Place;
import org.incidentorchestrator.step.StepFacts;

/**
 * No change before it was decided on: on every way to it lies decide-change, which asks whom the decision autonomy names, or
 * approve-change. A step that a second person has to approve is not decided by a word that autonomy gives to responders.
 * A part may be called with what was decided before.
 */
final class DecidedBeforeAct implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class)
                .flatMap(task -> Calls.of(task).filter(call -> call.acts(known)).stream())
                .filter(call -> undecided(new Place(model, call.task()), deciders(call, known), known))
                .map(call -> model.violation(
                        this,
                        call.task(),
                        approval(call, known)
                                ? "call approve-change on every way to it: a second person has to approve it"
                                : "call decide-change or approve-change on every way to it"));
    }

    private static boolean undecided(Place change, Predicate<FlowNode> decides, Known known) {
        boolean reached =
                Walk.from(change.model(), change.model().starts(), decides).anyMatch(change.node()::equals);
        var callers = Parts.callers(change.model(), known);
        return reached && (callers.isEmpty() || callers.stream().anyMatch(call -> undecided(call, decides, known)));
    }

    private static Predicate<FlowNode> deciders(Calls change, Known known) {
        return node -> decides(node, approval(change, known), known);
    }

    /** A part decides that calls one of the two and changes nothing itself. */
    private static boolean decides(FlowNode node, boolean bySecondPerson, Known known) {
        if (Parts.calls(node, "decide-change")) {
            return !bySecondPerson || !bySomeResponder(node, known);
        }
        return Parts.calls(node, "approve-change")
                || !Parts.acts(node, known)
                        && Parts.called(node, known).stream()
                                .flatMap(part -> part.all(FlowNode.class))
                                .anyMatch(inside -> decides(inside, bySecondPerson, known));
    }

    private static boolean approval(Calls call, Known known) {
        return call.step(known).map(StepFacts::needsApproval).orElse(false);
    }

    private static boolean bySomeResponder(FlowNode call, Known known) {
        return Extensions.ins((CallActivity) call)
                .filter(in -> "action".equals(in.getCamundaTarget()))
                .map(CamundaIn::getCamundaSourceExpression)
                .anyMatch(word -> word != null && known.respondersActions().contains(word));
    }
}
