package org.incidentorchestrator.runbook.rules;

import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CallActivity;

/** What is called says what it needs: the business key, each variable by name, and the version that was deployed with the caller. */
final class CallPassesItsVariables implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(CallActivity.class).flatMap(call -> Stream.of(
                        wrong(binding(call), "set camunda:calledElementBinding=\"deployment\""),
                        wrong(key(call), "add <camunda:in businessKey=\"#{execution.processBusinessKey}\" />"),
                        wrong(oneByOne(call), "name the variables one by one instead of variables=\"all\""),
                        wrong(called(call, known), "name a process of the parts folder, or an expression"))
                .flatMap(Optional::stream)
                .map(remedy -> model.violation(this, call, remedy)));
    }

    private static Optional<String> wrong(boolean right, String remedy) {
        return right ? Optional.empty() : Optional.of(remedy);
    }

    private static boolean binding(CallActivity call) {
        return Extensions.attribute(call, "calledElementBinding").equals("deployment");
    }

    private static boolean key(CallActivity call) {
        return Extensions.ins(call)
                .anyMatch(in -> "#{execution.processBusinessKey}".equals(in.getCamundaBusinessKey()));
    }

    private static boolean oneByOne(CallActivity call) {
        return Extensions.ins(call).allMatch(in -> in.getCamundaVariables() == null)
                && Extensions.outs(call).allMatch(out -> out.getCamundaVariables() == null);
    }

    private static boolean called(CallActivity call, Known known) {
        return call.getCalledElement().startsWith("${")
                || known.models().stream()
                        .anyMatch(each -> each.path().toString().contains("parts")
                                && each.key().equals(call.getCalledElement()));
    }
}
