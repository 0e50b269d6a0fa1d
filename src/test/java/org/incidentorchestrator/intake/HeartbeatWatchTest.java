package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatWatchTest {
    private static final String SUBJECT = "heartbeat/alertmanager/Watchdog";

    private Rig rig = new Rig();

    @BeforeEach
    void listen() {
        rig.heartbeatWatch.check();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_person_is_told_once_of_a_heartbeat_that_has_fallen_silent() {
        beat();
        passAndCheck(Duration.ofMinutes(14));
        assertThat(told()).isZero();

        passAndCheck(Duration.ofMinutes(1));
        passAndCheck(Duration.ofHours(1));

        assertThat(rig.events(PersonNeeded.class)).singleElement().satisfies(needed -> {
            assertThat(needed.subject()).isEqualTo(SUBJECT);
            assertThat(needed.reason())
                    .contains("Watchdog from alertmanager has not been heard since 2026-11-23T03:00:00Z", "900 s");
        });
    }

    @Test
    void it_is_taken_back_when_it_is_heard_again_and_told_again_when_it_falls_silent_again() {
        beat();
        passAndCheck(Duration.ofMinutes(15));

        rig.clock.pass(Duration.ofMinutes(1));
        beat();
        passAndCheck(Duration.ofSeconds(5));
        assertThat(rig.events(PersonNotNeeded.class)).singleElement().satisfies(settled -> {
            assertThat(settled.subject()).isEqualTo(SUBJECT);
            assertThat(settled.reason()).contains("heard again at 2026-11-23T03:16:00Z");
        });
        passAndCheck(Duration.ofMinutes(15));

        assertThat(told()).isEqualTo(2);
    }

    @Test
    void a_restart_in_the_silence_neither_tells_it_again_nor_takes_it_back() {
        beat();
        passAndCheck(Duration.ofMinutes(15));

        HeartbeatWatch restarted = rig.heartbeatWatch();
        restarted.check();
        rig.clock.pass(Duration.ofHours(1));
        restarted.check();

        assertThat(told()).isEqualTo(1);
        assertThat(rig.events(PersonNotNeeded.class)).isEmpty();
        beat();
        restarted.check();
        assertThat(rig.events(PersonNotNeeded.class)).hasSize(1);
    }

    @Test
    void a_program_that_was_down_gives_the_heartbeat_its_time() {
        beat();
        rig.clock.pass(Duration.ofHours(3));

        HeartbeatWatch started = rig.heartbeatWatch();
        started.check();
        assertThat(told()).isZero();
        rig.clock.pass(Duration.ofMinutes(15));
        started.check();

        assertThat(told()).isEqualTo(1);
    }

    @Test
    void of_two_programs_one_tells() {
        beat();
        HeartbeatWatch other = rig.heartbeatWatch();
        other.check();
        rig.clock.pass(Duration.ofMinutes(15));

        other.check();
        rig.heartbeatWatch.check();

        assertThat(told()).isEqualTo(1);
    }

    @Test
    void an_installation_that_never_had_a_heartbeat_misses_none() {
        passAndCheck(Duration.ofDays(1));

        assertThat(told()).isZero();
    }

    @Test
    void one_that_is_expected_and_never_comes_is_told_of() {
        rig.close();
        rig = new Rig(Map.of("intake.heartbeat-expected", "true"));
        listen();

        passAndCheck(Duration.ofMinutes(15));
        passAndCheck(Duration.ofMinutes(15));

        assertThat(rig.events(PersonNeeded.class)).singleElement().satisfies(needed -> assertThat(needed.reason())
                .contains("has never been heard, and is expected since 2026-11-23T03:00:00Z"));
        beat();
        passAndCheck(Duration.ofSeconds(5));
        assertThat(rig.events(PersonNotNeeded.class)).hasSize(1);
    }

    @Test
    void what_is_no_heartbeat_any_more_is_not_missed() {
        beat();
        passAndCheck(Duration.ofMinutes(15));

        new HeartbeatWatch(
                        rig.heartbeats,
                        List.of(rig.source),
                        Fixture.settings(Map.of("intake.heartbeats", "")),
                        rig.events::add,
                        rig.transactions,
                        rig.clock)
                .check();

        assertThat(rig.events(PersonNotNeeded.class)).singleElement().satisfies(settled -> assertThat(settled.reason())
                .contains("no heartbeat any more"));
    }

    @Test
    void an_older_message_that_was_tried_again_does_not_set_it_back() {
        beat();
        long late = rig.send(Fixture.message(Fixture.firing("f1", "Watchdog", "")));
        rig.inbox.postpone(late, 1, rig.clock.instant().plusSeconds(60), "tried again later");
        rig.clock.pass(Duration.ofMinutes(1));
        beat();

        assertThat(rig.heartbeats.all().get(0).lastSeenAt()).hasValue(rig.clock.instant());
    }

    private void beat() {
        rig.work(Fixture.firing("f1", "Watchdog", ""));
    }

    private void passAndCheck(Duration time) {
        rig.clock.pass(time);
        rig.heartbeatWatch.check();
    }

    private int told() {
        return rig.events(PersonNeeded.class).size();
    }
}
