package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.runbook.EscalationSettings.Mode;
import org.incidentorchestrator.runbook.Ladder.Page;
import org.junit.jupiter.api.Test;

class LadderTest {
    /** A Friday, twenty minutes before a warning's hours end. */
    private static final Instant OPENED = Instant.parse("2026-11-27T17:40:00Z");

    private static final List<Duration> RUNBOOK =
            List.of(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(4));
    private static final WarningSettings WEEKDAYS = new WarningSettings(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalTime.of(8, 0),
            LocalTime.of(18, 0),
            ZoneId.of("UTC"),
            2);

    @Test
    void per_level_gives_each_level_its_own_response_time() {
        assertThat(minutes(Mode.PER_LEVEL)).containsExactly(15L, 45L, 105L, 345L);
    }

    @Test
    void from_start_counts_every_response_time_from_the_opening() {
        assertThat(minutes(Mode.FROM_START)).containsExactly(15L, 30L, 60L, 240L);
    }

    @Test
    void a_ladder_that_is_armed_again_pages_the_level_it_had_reached_and_goes_on_above_it() {
        Ladder ladder = critical(Mode.PER_LEVEL, row(2, 2, null, null));

        assertThat(ladder.page(OPENED, 0)).contains(new Page(2, List.of(2), List.of(2)));
        assertThat(ladder.due(2)).isEqualTo(Ladder.NEVER);
        assertThat(ladder.due(3)).isEqualTo(at(30));
        assertThat(ladder.due(4)).isEqualTo(at(90));
    }

    @Test
    void one_that_waits_on_a_common_cause_pages_nobody_whatever_timer_fires_and_then_the_level_it_had_reached() {
        Ladder ladder = critical(Mode.PER_LEVEL, armed(OPENED, 2, 2, null, at(30), new IncidentNumber(7)));

        assertThat(ladder.page(at(29), 3)).isEmpty();
        assertThat(ladder.page(at(30), 0)).contains(new Page(2, List.of(2), List.of(2)));
        assertThat(ladder.due(3)).isEqualTo(at(60));
    }

    @Test
    void everybody_is_due_again_from_the_page_before() {
        Ladder ladder = critical(Mode.PER_LEVEL, row(1, 5, at(400), null));

        assertThat(ladder.everybody()).isEqualTo(at(430));
        assertThat(ladder.page(at(429), 0)).isEmpty();
        assertThat(ladder.page(at(430), 0)).contains(new Page(5, List.of(), List.of(5)));
    }

    @Test
    void several_levels_that_are_due_at_once_are_one_page_at_the_highest() {
        Ladder ladder = critical(Mode.PER_LEVEL, row(1, 1, OPENED, null));

        assertThat(ladder.page(at(110), 2)).contains(new Page(4, List.of(2, 3, 4), List.of(4)));
    }

    @Test
    void a_timer_that_fires_after_the_others_have_paged_all_pages_nothing() {
        Ladder ladder = critical(Mode.PER_LEVEL, row(1, 4, at(110), null));

        for (int fired : List.of(0, 2, 3, 4)) {
            assertThat(ladder.page(at(110), fired)).isEmpty();
        }
    }

    @Test
    void a_level_whose_timer_has_fired_is_due_though_the_settings_were_made_longer_meanwhile() {
        Ladder ladder = critical(Mode.PER_LEVEL, row(1, 1, OPENED, null));

        assertThat(ladder.page(at(7), 2)).contains(new Page(2, List.of(2), List.of(2)));
    }

    @Test
    void within_maintenance_nobody_is_paged_and_after_it_the_ladder_begins() {
        Ladder ladder = critical(Mode.PER_LEVEL, row(1, 1, null, at(60)));

        assertThat(ladder.page(at(59), 0)).isEmpty();
        assertThat(ladder.everybody()).as("the timer that pages then").isEqualTo(at(60));
        assertThat(ladder.page(at(60), 0)).contains(new Page(1, List.of(1), List.of(1)));
        assertThat(ladder.due(2)).isEqualTo(at(75));
    }

    @Test
    void a_warnings_time_stands_still_outside_of_its_hours() {
        Ladder ladder = warning(row(1, 1, OPENED, null));

        assertThat(ladder.due(2)).isEqualTo(at(15));
        assertThat(ladder.everybody())
                .as("30 min after L2, of which 5 are on Friday")
                .isEqualTo(monday("08:25"));
        assertThat(ladder.due(3)).as("a warning does not reach L3").isEqualTo(Ladder.NEVER);
    }

    @Test
    void a_warning_in_the_night_is_paged_when_its_hours_begin_and_its_levels_have_their_time_from_then() {
        Ladder ladder = warning(armed(Instant.parse("2026-11-28T03:00:00Z"), 1, 1, null, null));

        assertThat(ladder.page(Instant.parse("2026-11-28T03:00:00Z"), 0)).isEmpty();
        assertThat(ladder.everybody()).isEqualTo(monday("08:00"));
        assertThat(ladder.due(2)).isEqualTo(monday("08:15"));
    }

    @Test
    void after_the_last_level_of_a_warning_it_and_the_first_are_paged_again_and_again() {
        Ladder ladder = warning(row(1, 2, monday("09:00"), null));

        assertThat(ladder.page(monday("09:29"), 0)).isEmpty();
        assertThat(ladder.page(monday("09:30"), 0)).contains(new Page(2, List.of(), List.of(1, 2)));
    }

    @Test
    void a_warning_that_a_person_escalated_beyond_its_last_level_stays_there() {
        Ladder ladder = warning(row(3, 3, OPENED, null));

        assertThat(ladder.due(4)).isEqualTo(Ladder.NEVER);
        assertThat(ladder.next().level()).isEqualTo(3);
    }

    @Test
    void hours_that_end_at_midnight_lead_into_the_next_days_without_a_gap() {
        var always = new PagingHours(
                EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("UTC"));

        assertThat(always.after(OPENED, Duration.ofHours(100))).isEqualTo(OPENED.plus(Duration.ofHours(100)));
    }

    @Test
    void hours_follow_the_clocks_of_their_zone() {
        var berlin = new PagingHours(
                EnumSet.allOf(DayOfWeek.class), LocalTime.of(8, 0), LocalTime.of(18, 0), ZoneId.of("Europe/Berlin"));

        assertThat(berlin.after(Instant.parse("2026-03-28T20:00:00Z"), Duration.ZERO))
                .as("on this Sunday clocks are put forward")
                .isEqualTo(Instant.parse("2026-03-29T06:00:00Z"));
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new EscalationSettings(
                        Mode.PER_LEVEL,
                        List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(30)))
                .hasMessageContaining("escalation.response-times");
        assertThatThrownBy(() -> new WarningSettings(
                        EnumSet.of(DayOfWeek.MONDAY), LocalTime.of(18, 0), LocalTime.of(8, 0), ZoneId.of("UTC"), 2))
                .hasMessageContaining("escalation.warning.until (08:00) has to be later");
    }

    private static List<Long> minutes(Mode mode) {
        Ladder ladder = critical(mode, row(1, 1, OPENED, null));
        return IntStream.rangeClosed(2, 5)
                .mapToObj(level -> Duration.between(OPENED, ladder.due(level)).toMinutes())
                .toList();
    }

    private static Ladder critical(Mode mode, Incident row) {
        return new Ladder(settings(mode), PagingTime.ALWAYS, Ladder.EVERYBODY, row);
    }

    private static Ladder warning(Incident row) {
        return new Ladder(settings(Mode.PER_LEVEL), WEEKDAYS.hours(), WEEKDAYS.lastLevel(), row);
    }

    static EscalationSettings settings(Mode mode) {
        return new EscalationSettings(mode, RUNBOOK, Duration.ofMinutes(30), Duration.ofMinutes(30));
    }

    private static Instant at(int minute) {
        return OPENED.plus(Duration.ofMinutes(minute));
    }

    private static Instant monday(String time) {
        return Instant.parse("2026-11-30T" + time + ":00Z");
    }

    private static Incident row(int reached, int level, Instant pagedAt, Instant heldUntil) {
        return armed(OPENED, reached, level, pagedAt, heldUntil);
    }

    private static Incident armed(Instant armedAt, int reached, int level, Instant pagedAt, Instant heldUntil) {
        return armed(armedAt, reached, level, pagedAt, heldUntil, null);
    }

    private static Incident armed(
            Instant armedAt, int reached, int level, Instant pagedAt, Instant heldUntil, IncidentNumber parent) {
        return new Incident(
                new IncidentNumber(1),
                false,
                new IncidentKey("ServiceDown", "a1-orchestrator", "mcp-gateway"),
                Severity.CRITICAL,
                "mcp-gateway is down",
                null,
                null,
                armedAt,
                level,
                armedAt,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                heldUntil,
                null,
                reached,
                pagedAt,
                parent);
    }
}
