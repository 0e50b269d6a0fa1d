package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The ladder in its other mode: every response time counts from the opening. */
@TestPropertySource(
        properties = {
            "escalation.mode=from-start",
            "spring.datasource.url=jdbc:h2:mem:from-start;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class PagingFromStartProcessTest extends PagingScenario {
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

    @Test
    void given_back_at_l2_the_levels_above_follow_after_what_the_mode_gives_them() {
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(20));
        claims("bob", RESPOND);
        passes(Duration.ofMinutes(10));
        levelsTold();

        givesBack(RESPOND);

        assertThat(levelsTold()).containsExactly(2);
        passes(Duration.ofMinutes(15));
        assertThat(levelsTold()).containsExactly(3);
        passes(Duration.ofMinutes(30));
        assertThat(levelsTold()).containsExactly(4);
        passes(Duration.ofMinutes(180));
        assertThat(levelsTold()).containsExactly(5);
    }

    @Test
    void a_warning_is_l1_l2_and_both_again() {
        becomes(DayOfWeek.TUESDAY, LocalTime.of(9, 0));
        firesAs("ServiceDown", "not-there", "warning");
        work();

        passes(Duration.ofMinutes(75));

        assertThat(levelsTold()).containsExactly(1, 2, 1, 2, 1, 2);
    }
}
