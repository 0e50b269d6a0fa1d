package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.LOAD_IS_HIGH;

import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A review that is rehearsed looks, proposes and tries out, and changes nothing. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:capacity-rehearsed;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "step.mode=REHEARSE",
        })
class CapacityRehearsalProcessTest extends UsageScenario {
    @Test
    void more_is_tried_out_and_not_made() {
        sandbox.play(LOAD_IS_HIGH, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        plans("capacity-review");
        answers("alice", "Read the figures", Map.of("review", "review", "settledNote", ""));
        work();
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_REHEARSED")).hasSize(1);
        assertThat(incident().outcome()).isEqualTo(Outcome.WORK_REHEARSED);
    }
}
