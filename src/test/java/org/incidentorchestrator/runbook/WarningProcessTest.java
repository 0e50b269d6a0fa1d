package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** A warning pages in hours only, and up to L2 (runbook T02); by default on weekdays from 08:00 to 18:00 UTC. */
class WarningProcessTest extends PagingScenario {
    private static final String UNKNOWN = "not-there";

    @Test
    void in_hours_it_is_paged_at_once_then_l2_and_then_both_again_and_again() {
        warns(DayOfWeek.TUESDAY, "09:00");

        assertThat(levelsTold()).containsExactly(1);
        passes(Duration.ofMinutes(14));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofMinutes(1));
        assertThat(levelsTold()).containsExactly(2);
        passes(Duration.ofMinutes(29));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofMinutes(1));
        assertThat(levelsTold()).containsExactly(1, 2);
        passes(Duration.ofMinutes(30));
        assertThat(levelsTold()).containsExactly(1, 2);
        assertThat(told("PAGED").subList(2, 4))
                .containsOnly("paged L1 Platform Engineer and L2 Senior Platform Engineer again");
        assertThat(incident().level()).isEqualTo(2);
    }

    @Test
    void at_night_its_page_waits_until_the_hours_begin() {
        warns(DayOfWeek.FRIDAY, "22:00");

        assertThat(levelsTold()).isEmpty();
        assertThat(task(RESPOND).getDescription()).contains("Paged next: L1 Platform Engineer at Mon");
        passes(Duration.ofHours(58).minusSeconds(1));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofSeconds(1));
        assertThat(levelsTold()).containsExactly(1);
        passes(Duration.ofMinutes(15));
        assertThat(levelsTold()).containsExactly(2);
    }

    @Test
    void the_time_of_a_level_stands_still_over_the_night() {
        warns(DayOfWeek.TUESDAY, "17:50");
        levelsTold();

        passes(Duration.ofHours(14).plusMinutes(14));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofMinutes(1));
        assertThat(levelsTold()).as("08:05 on Wednesday").containsExactly(2);
    }

    @Test
    void who_has_it_is_not_asked_about_over_the_night() {
        warns(DayOfWeek.TUESDAY, "17:50");
        claims("bob", RESPOND);
        levelsTold();

        passes(Duration.ofHours(14).plusMinutes(29));
        assertThat(incident().takenBy()).contains("bob");
        passes(Duration.ofMinutes(1));
        assertThat(levelsTold()).as("08:20 on Wednesday").containsExactly(1);
    }

    @Test
    void given_back_at_night_it_is_paged_in_the_morning() {
        warns(DayOfWeek.TUESDAY, "17:50");
        claims("bob", RESPOND);
        levelsTold();
        passes(Duration.ofHours(1));
        givesBack(RESPOND);

        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofHours(13).plusMinutes(10));
        assertThat(levelsTold()).containsExactly(1);
    }

    @Test
    void after_an_outage_over_the_night_it_is_one_page() {
        warns(DayOfWeek.TUESDAY, "17:50");
        levelsTold();
        passesUnseen(Duration.ofHours(15));

        work();

        assertThat(levelsTold()).containsExactly(2);
        assertThat(told("PAGED")).doesNotHaveDuplicates();
    }

    @Test
    void when_a_critical_alert_joins_a_warning_at_night_it_is_paged_at_once_whoever_has_it() {
        warns(DayOfWeek.TUESDAY, "17:50");
        claims("bob", RESPOND);
        passes(Duration.ofHours(3));
        levelsTold();

        firesFor(UNKNOWN);
        work();

        assertThat(levelsTold()).containsExactly(1);
        assertThat(incident().takenBy()).isEmpty();
        assertThat(task(RESPOND).getAssignee()).isNull();
        assertThat(task(RESPOND).getPriority()).isEqualTo(100);
        assertThat(engine.getTaskService().getVariable(task(RESPOND).getId(), "severity"))
                .isEqualTo("critical");
        passes(Duration.ofMinutes(105));
        assertThat(levelsTold()).containsExactly(2, 3, 4);
    }

    @Test
    void when_a_critical_alert_joins_a_warning_that_nobody_has_its_ladder_begins_at_once() {
        warns(DayOfWeek.FRIDAY, "22:00");
        passes(Duration.ofHours(1));

        firesFor(UNKNOWN);
        work();

        assertThat(levelsTold()).containsExactly(1);
        passes(Duration.ofMinutes(15));
        assertThat(levelsTold()).containsExactly(2);
    }

    @Test
    void an_information_makes_no_task_and_is_seen_on_the_record_and_a_worse_one_of_the_same_alert_opens() {
        int before = taskNames().size();
        becomes(DayOfWeek.TUESDAY, LocalTime.of(9, 0));
        informs("Scaled", UNKNOWN);
        informs("Scaled", UNKNOWN);

        assertThat(taskNames()).hasSize(before);
        assertThat(jdbc.sql("select summary from evidence where incident is null and kind = 'ALERT_RECEIVED'"
                                + " and summary like '%Scaled on a1-orchestrator/not-there%'")
                        .query(String.class)
                        .list())
                .as("once, however often it is sent")
                .singleElement()
                .asString()
                .contains("severity is info");

        firesAs("Scaled", UNKNOWN, "warning");
        work();
        assertThat(incident().key().alertName()).isEqualTo("Scaled");
        assertThat(levelsTold()).containsExactly(1);
    }

    private void warns(DayOfWeek day, String time) {
        becomes(day, LocalTime.parse(time));
        firesAs("ServiceDown", UNKNOWN, "warning");
        work();
    }
}
