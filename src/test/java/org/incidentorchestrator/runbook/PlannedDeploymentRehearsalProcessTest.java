package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A deployment that is rehearsed: everything is looked at, decided on and sent as a dry run, and nothing is kept. */
@TestPropertySource(
        properties = {
            "step.mode=REHEARSE",
            "spring.datasource.url=jdbc:h2:mem:deployment-rehearsal;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class PlannedDeploymentRehearsalProcessTest extends DeploymentScenario {
    @Test
    void a_rehearsal_ends_rehearsed_and_changes_nothing() {
        String before = tag();
        syncs();

        endsAs("rehearsed");
        assertThat(changes()).isEmpty();
        assertThat(tag()).isEqualTo(before);
        assertThat(application().at("/operation").exists()).isFalse();
        assertThat(told("STEP_LOOKED")).as("it was looked at").anyMatch(look -> look.contains("Smoke test passed"));
    }
}
