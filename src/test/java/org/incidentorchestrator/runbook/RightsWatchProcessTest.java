package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidentorchestrator.deploy.DeployFiles;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Which steps the deployed models call decides which rights are needed. */
class RightsWatchProcessTest extends RunbookScenario {
    @Autowired
    private CalledSteps called;

    @Autowired
    private RightsHealthIndicator health;

    @Test
    void the_steps_that_the_deployed_models_call_are_those_that_the_roles_are_generated_for() {
        assertThat(called.names()).isEqualTo(DeployFiles.called());
    }

    @Test
    void in_the_sandbox_nothing_is_looked_at_and_nobody_is_ill() {
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        assertThat(health.health().getDetails().toString()).contains("it is the sandbox");
    }
}
