package org.incidentorchestrator.runbook.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.step.StepFacts;

/** A service task that calls a step, or proposes it. */
record Calls(ServiceTask task, String bean, String name) {
    private static final Pattern CALL = Pattern.compile("\\$\\{(\\w+)\\.(\\w+)}");

    static Optional<Calls> of(FlowNode node) {
        if (!(node instanceof ServiceTask task)) {
            return Optional.empty();
        }
        Matcher call = CALL.matcher(Extensions.attribute(task, "delegateExpression"));
        return call.matches() ? Optional.of(new Calls(task, call.group(1), call.group(2))) : Optional.empty();
    }

    static Optional<Calls> ofStep(FlowNode node) {
        return of(node).filter(call -> call.bean.equals("steps") || call.bean.equals("proposals"));
    }

    boolean proposes() {
        return bean.equals("proposals");
    }

    boolean acts(Known known) {
        return bean.equals("steps") && step(known).map(StepFacts::changes).orElse(false);
    }

    boolean looks(Known known) {
        return bean.equals("steps") && step(known).map(step -> !step.changes()).orElse(false);
    }

    Optional<StepFacts> step(Known known) {
        return Optional.ofNullable(known.steps().get(name));
    }
}
