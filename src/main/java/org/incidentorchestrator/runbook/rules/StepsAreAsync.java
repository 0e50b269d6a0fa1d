package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;

/**
 * A step has a job of its own: its ledger entry is keyed by it, and a failure is tried again there and nowhere else, after
 * the pauses of the settings. It has them also where its model does not say so, see {@code StepRetries}.
 */
final class StepsAreAsync implements ModelRule {
    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class)
                .filter(task -> Calls.ofStep(task).isPresent())
                .filter(task -> !Extensions.asyncBefore(task) || !retries(task))
                .map(
                        task -> model.violation(
                                this,
                                task,
                                "set camunda:asyncBefore=\"true\", and camunda:failedJobRetryTimeCycle to ${retries.cluster} or not at all"));
    }

    private static boolean retries(ServiceTask task) {
        return Extensions.all(task, CamundaFailedJobRetryTimeCycle.class)
                .allMatch(cycle -> cycle.getTextContent().strip().equals("${retries.cluster}"));
    }
}
