package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.LOAD_IS_HIGH;
import static org.incidentorchestrator.sandbox.Scenario.MEMORY_LEAKS;

import java.time.Duration;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The runbooks about usage, rehearsed: they go up to their change and make none. */
@TestPropertySource(
        properties = {
            "step.mode=REHEARSE",
            "spring.datasource.url=jdbc:h2:mem:usage-rehearsal;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class UsageRehearsalProcessTest extends UsageScenario {
    @Test
    void a_rehearsal_of_high_memory_ends_before_its_lease_begins() {
        rehearses(LOAD_IS_HIGH, "HighMemoryUsage", "high-memory-usage");
    }

    @Test
    void a_rehearsal_of_high_cpu_scales_nothing() {
        rehearses(LOAD_IS_HIGH, "HighCpuUsage", "high-cpu-usage");
    }

    @Test
    void a_rehearsal_of_a_memory_leak_restarts_nothing() {
        rehearses(MEMORY_LEAKS, "MemoryLeak", "memory-leak");
    }

    private void rehearses(Scenario scenario, String alert, String runbook) {
        sandbox.play(scenario, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(alert);
        passes(Duration.ofMinutes(10));
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_REHEARSED")).hasSize(1);
        endsAs(runbook, "rehearsed");
        assertThat(incident().open()).isTrue();
    }
}
