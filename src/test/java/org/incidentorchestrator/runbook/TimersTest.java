package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.runbook.EscalationSettings.Mode;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final Instant OPENED = Instant.parse("2026-11-24T03:00:00Z");
    private static final List<Duration> RUNBOOK =
            List.of(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(4));

    @Test
    void per_level_gives_each_level_its_own_response_time() {
        assertThat(minutes(Mode.PER_LEVEL, 1)).containsExactly(15L, 45L, 105L, 345L);
    }

    @Test
    void from_start_counts_every_response_time_from_the_opening() {
        assertThat(minutes(Mode.FROM_START, 1)).containsExactly(15L, 30L, 60L, 240L);
    }

    @Test
    void a_ladder_that_is_armed_again_goes_on_above_the_level_it_had_reached() {
        Timers timers = timers(Mode.PER_LEVEL);

        assertThat(timers.dueAt(OPENED, 2, 2)).isEqualTo(Timers.NEVER);
        assertThat(timers.dueAt(OPENED, 3, 2)).isEqualTo(OPENED.plus(Duration.ofMinutes(30)));
        assertThat(timers.dueAt(OPENED, 4, 2)).isEqualTo(OPENED.plus(Duration.ofMinutes(90)));
    }

    @Test
    void everybody_is_due_again_when_the_ladder_had_reached_everybody() {
        assertThat(timers(Mode.PER_LEVEL).dueAt(OPENED, 5, 5)).isEqualTo(OPENED.plus(Duration.ofMinutes(30)));
        assertThat(timers(Mode.PER_LEVEL).dueAt(OPENED, 4, 5)).isEqualTo(Timers.NEVER);
    }

    @Test
    void a_response_time_of_nothing_is_refused() {
        assertThatThrownBy(() -> new EscalationSettings(
                        Mode.PER_LEVEL,
                        List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                        Duration.ofMinutes(30)))
                .hasMessageContaining("escalation.response-times");
    }

    private static List<Long> minutes(Mode mode, int reached) {
        return java.util.stream.IntStream.rangeClosed(2, 5)
                .mapToObj(level -> Duration.between(OPENED, timers(mode).dueAt(OPENED, level, reached))
                        .toMinutes())
                .toList();
    }

    private static Timers timers(Mode mode) {
        return new Timers(
                new EscalationSettings(mode, RUNBOOK, Duration.ofMinutes(30)),
                new WaitSettings(Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }
}
