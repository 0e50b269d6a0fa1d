package org.incidentorchestrator.runbook;

import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.StepRunner;
import org.springframework.stereotype.Component;

/** {@code ${steps.x}}: looks and acts. */
@ForModels("steps")
@Component
final class Steps extends ModelDelegates {
    Steps(StepCatalogue catalogue, StepRunner runner, StepVariables variables) {
        super(each(catalogue.names(), name -> new StepDelegate(name, runner::run, catalogue.outputs(name), variables)));
    }
}
