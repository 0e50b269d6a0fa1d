package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.incidentorchestrator.sandbox.Scenario.MEMORY_LEAKS;

import java.time.Duration;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Where the restart of a critical service may run alone, a leak is restarted while everybody sleeps, and nothing else. */
@TestPropertySource(
        properties = {
            "step.unattended=true",
            "spring.datasource.url=jdbc:h2:mem:unattended;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class UnattendedProcessTest extends UsageScenario {
    @Test
    void a_leak_of_a_critical_service_is_restarted_without_a_decision_and_the_follow_up_stays() {
        sandbox.play(MEMORY_LEAKS, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs("MemoryLeak");
        passes(Duration.ofMinutes(40));

        assertThat(changes()).containsExactly(DEPLOYMENT + GATEWAY);
        assertThat(told("DECIDED")).isEmpty();
        assertThat(asked()).contains("the leak persists");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_critical_service_that_crashes_is_restarted_without_a_decision() {
        breaks(CRASH_UNTIL_RESTARTED);
        passes(Duration.ofMinutes(20));

        assertThat(changes()).containsExactly(DEPLOYMENT + GATEWAY);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_higher_memory_limit_is_decided_by_a_responder_all_the_same() {
        sandbox.play(MEMORY_LEAKS, GATEWAY);
        passesUnseen(Duration.ofMinutes(15));
        firesAs("HighMemoryUsage");
        passes(Duration.ofSeconds(245));

        assertThat(tasks("Decide on remedy")).hasSize(1);
        assertThat(changes()).isEmpty();
    }
}
