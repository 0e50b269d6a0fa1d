package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The ladder in its other mode: every response time counts from the opening. */
@TestPropertySource(
        properties = {
            "escalation.mode=from-start",
            "spring.datasource.url=jdbc:h2:mem:from-start;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class PagingFromStartProcessTest extends RunbookScenario {
    @Test
    void nobody_answers_and_every_level_is_paged_at_its_minute() {
        breaks(NEVER_HEALTHY);

        passes(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(told("PAGED")).hasSize(1);
        passes(Duration.ofSeconds(1));
        assertThat(told("PAGED")).last().isEqualTo("paged L2 Senior Platform Engineer");
        passes(Duration.ofMinutes(15));
        assertThat(told("PAGED")).last().isEqualTo("paged L3 Platform Architect");
        passes(Duration.ofMinutes(30));
        assertThat(told("PAGED")).last().isEqualTo("paged L4 CTO");
        passes(Duration.ofMinutes(180));
        assertThat(told("PAGED")).hasSize(5).last().isEqualTo("paged everybody");
    }
}
