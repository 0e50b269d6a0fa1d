package org.incidentorchestrator.runbook.rules;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;

/** The variables that a process has at some time: made by its elements, given by its callers, set by the program. */
final class Variables {
    private static final Set<String> OF_THE_PROGRAM =
            Set.of("stillFiring", "endedBy", "assumed", "lastRefusal", "outcome", "paging");

    private Variables() {}

    static Set<String> of(Model model, Known known) {
        Set<String> names = new HashSet<>(OF_THE_PROGRAM);
        model.all(FlowNode.class)
                .forEach(node -> names.addAll(Extensions.outputs(node).keySet()));
        model.all(BusinessRuleTask.class).forEach(task -> names.add(Extensions.attribute(task, "resultVariable")));
        model.all(CallActivity.class)
                .flatMap(Extensions::outs)
                .map(CamundaOut::getCamundaTarget)
                .forEach(names::add);
        known.models().stream()
                .flatMap(caller -> caller.all(CallActivity.class))
                .filter(call -> mayCall(call, model))
                .flatMap(Extensions::ins)
                .flatMap(in -> Stream.ofNullable(target(in)))
                .forEach(names::add);
        return names;
    }

    /** A call by an expression may lead to any runbook. */
    private static boolean mayCall(CallActivity call, Model model) {
        String called = call.getCalledElement();
        return called.equals(model.key())
                || called.startsWith("${") && model.path().toString().matches(".*(runbooks|procedures).*");
    }

    private static String target(CamundaIn in) {
        return in.getCamundaTarget();
    }
}
