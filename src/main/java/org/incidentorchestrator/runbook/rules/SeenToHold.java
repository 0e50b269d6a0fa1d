package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.runbook.rules.Parts.Place;

/**
 * Argo CD, autoscalers and KEDA take back what they did not set, and say nothing: after a change of a field that they
 * write, somebody looks whether it holds. Where nobody would take it back, or something else sees it, the change says so in
 * its property {@code holds}.
 */
final class SeenToHold implements ModelRule {
    /** Those that leave a field of an object as they set it; the others start, end or delete something. */
    private static final Set<String> SET = Set.of(
            "isolateWorkload",
            "pauseSelfHeal",
            "refreshExternalSecret",
            "refreshWorkloadSecrets",
            "restartWorkload",
            "rollbackWorkload",
            "scaleWorkload",
            "setMemoryLimit",
            "suspendCronJobs");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        var look = new Afterwards(node -> asks(model, node, known), Set.of("resolved", "done"), known);
        return model.all(ServiceTask.class)
                .filter(task -> Calls.of(task)
                        .filter(call -> call.acts(known) && SET.contains(call.name()))
                        .isPresent())
                .filter(task -> !Extensions.reason(task, "holds"))
                .filter(task -> look.forgotten(new Place(model, task)))
                .map(
                        task -> model.violation(
                                this,
                                task,
                                "call check-hold on every way from it to a good end, or say in its property holds why nobody takes it back"));
    }

    /** Also where the model decides whether it is looked: after a remedy of several that is no such change it need not be. */
    private static boolean asks(Model model, FlowNode node, Known known) {
        return Parts.has(node, SeenToHold::looks, known)
                || node instanceof ExclusiveGateway
                        && model.next(node).anyMatch(next -> Parts.has(next, SeenToHold::looks, known));
    }

    private static boolean looks(FlowNode node) {
        return Calls.of(node)
                .filter(call -> !call.proposes() && call.name().equals("checkHold"))
                .isPresent();
    }
}
