package org.incidentorchestrator.runbook.rules;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.runbook.rules.Parts.Place;

/**
 * What was changed is resolved only if its recovery was verified after that, and planned work is done only if somebody
 * looked. A part may leave it to those that call it. Where nothing has to be verified, the change says why in its property
 * {@code verified}.
 */
final class VerifyAfterAct implements ModelRule {
    private static final Pattern LOOK = Pattern.compile("(check|verify|watch|readServed)[A-Z].*|runSmokeTest");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        var recovery = new Afterwards(VerifyAfterAct::recovers, Set.of("resolved"), known);
        var look = new Afterwards(node -> Parts.has(node, VerifyAfterAct::looks, known), Set.of("done"), known);
        return model.all(ServiceTask.class)
                .filter(task -> Calls.of(task).filter(call -> call.acts(known)).isPresent())
                .filter(task -> !Extensions.reason(task, "verified"))
                .flatMap(task -> Stream.concat(
                        violation(
                                model,
                                task,
                                recovery,
                                "call verify-recovery on every way from it to endEvent_resolved"),
                        violation(model, task, look, "look what became of it on every way from it to endEvent_done")));
    }

    private Stream<Violation> violation(Model model, ServiceTask task, Afterwards after, String remedy) {
        return after.forgotten(new Place(model, task))
                ? Stream.of(model.violation(this, task, remedy))
                : Stream.empty();
    }

    private static boolean recovers(FlowNode node) {
        return Parts.calls(node, "verify-recovery");
    }

    private static boolean looks(FlowNode node) {
        return Calls.of(node)
                .filter(call -> !call.proposes() && LOOK.matcher(call.name()).matches())
                .isPresent();
    }
}
