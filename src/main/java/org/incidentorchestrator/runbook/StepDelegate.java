package org.incidentorchestrator.runbook;

import java.util.List;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepOutcome;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Fault;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.incidentorchestrator.step.StepOutcome.Reschedule;
import org.incidentorchestrator.step.StepOutcome.Retry;

/** A service task that is a step: the process's words in, the outcome as variables, BPMN error, retry or incident out. */
final class StepDelegate implements JavaDelegate {
    private final String step;
    private final Function<StepCall, StepOutcome> run;
    private final List<String> outputs;
    private final StepVariables variables;

    StepDelegate(String step, Function<StepCall, StepOutcome> run, List<String> outputs, StepVariables variables) {
        this.step = step;
        this.run = run;
        this.outputs = outputs;
        this.variables = variables;
    }

    @Override
    public void execute(DelegateExecution execution) {
        StepOutcome outcome = run.apply(variables.call(step, execution));
        variables.refreshFiring(execution);
        if (outcome instanceof Done done) {
            variables.give(step, done, execution);
        } else if (outcome instanceof Refused refused) {
            variables.remember(refused, outputs, execution);
            throw new BpmnError(refused.code().code(), refused.message());
        } else if (outcome instanceof Reschedule later) {
            throw new StepRescheduled(later.delay());
        } else if (outcome instanceof Retry retry) {
            throw new StepRetry(retry.message(), retry.cause(), retry.unanswered());
        } else if (outcome instanceof Fault fault) {
            throw new StepFault(fault.message(), fault.cause());
        }
    }
}
