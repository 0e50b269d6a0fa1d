package org.incidentorchestrator.runbook;

import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.StepRunner;
import org.springframework.stereotype.Component;

/** {@code ${proposals.x}}: plans a change, asks the guards, stores the proposal, changes nothing. */
@ForModels("proposals")
@Component
final class ProposedSteps extends ModelDelegates {
    ProposedSteps(StepCatalogue catalogue, StepRunner runner, StepVariables variables) {
        super(each(
                catalogue.changing(),
                name -> new StepDelegate(name, runner::propose, catalogue.proposed(), variables)));
    }
}
