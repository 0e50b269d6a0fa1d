package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.time.Instant;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What opens on something that is worked on is kept from people until that is over; to the minute, by the clock. */
class MaintenanceProcessTest extends RunbookScenario {
    @Autowired
    private MaintenanceCalendar calendar;

    @AfterEach
    void endAll() {
        calendar.notOver().forEach(window -> calendar.end(window.id(), "the test"));
        work();
    }

    @Test
    void an_alert_in_a_window_pages_nobody_and_runs_nothing_until_it_ends_and_then_from_its_end_on() {
        Instant end = now().plus(Duration.ofHours(2));
        window(GATEWAY, end);
        breaks(NEVER_HEALTHY);

        passes(Duration.between(now(), end).minusSeconds(1));
        assertThat(record()).containsExactly("ALERT_RECEIVED", "INCIDENT_OPENED", "HELD");
        assertThat(taskNames()).isEmpty();
        assertThat(incident().heldUntil()).isEqualTo(end);

        passes(Duration.ofSeconds(1));
        assertThat(told("PAGED")).containsExactly("paged L1 Platform Engineer");
        assertThat(taskNames()).contains("Respond to incident", "Decide on remedy");
        assertThat(incident().ladderArmedAt()).isEqualTo(end);

        passes(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(told("PAGED")).hasSize(1);
        passes(Duration.ofSeconds(1));
        assertThat(told("PAGED")).hasSize(2);
    }

    @Test
    void what_is_resolved_in_the_window_closes_at_once_and_nobody_hears_of_it() {
        window("*", now().plus(Duration.ofHours(2)));
        breaks(CRASH_UNTIL_RESTARTED);
        passes(Duration.ofMinutes(10));

        resolves();
        work();

        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
        assertThat(told("PAGED")).isEmpty();
        assertThat(told("INCIDENT_CLOSED").get(0)).contains("nobody was paged");
        passes(Duration.ofHours(3));
        assertThat(told("PAGED")).isEmpty();
    }

    @Test
    void a_window_that_is_ended_early_wakes_what_it_held_at_once() {
        MaintenanceWindow window = window(GATEWAY, now().plus(Duration.ofHours(2)));
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(10));

        calendar.end(window.id(), "bob");
        Instant ended = now();
        work();

        assertThat(told("PAGED")).hasSize(1);
        assertThat(incident().ladderArmedAt()).isEqualTo(ended);
        assertThat(incident().held(ended)).isFalse();
    }

    @Test
    void a_window_that_follows_another_keeps_it_held() {
        Instant end = now().plus(Duration.ofHours(1));
        window(GATEWAY, end);
        breaks(NEVER_HEALTHY);
        window("*", end.plus(Duration.ofMinutes(30)));

        passes(Duration.between(now(), end).plus(Duration.ofMinutes(29)));
        assertThat(told("PAGED")).isEmpty();
        assertThat(told("HELD")).hasSize(2);

        passes(Duration.ofMinutes(1));
        assertThat(told("PAGED")).hasSize(1);
    }

    @Test
    void an_outage_of_ours_over_the_windows_end_makes_levels_overdue_and_not_later() {
        Instant end = now().plus(Duration.ofHours(1));
        window(GATEWAY, end);
        breaks(NEVER_HEALTHY);
        work();
        passesUnseen(Duration.between(now(), end).plus(Duration.ofMinutes(50)));

        work();

        assertThat(told("PAGED"))
                .containsExactlyInAnyOrder(
                        "paged L1 Platform Engineer",
                        "paged L2 Senior Platform Engineer",
                        "paged L3 Platform Architect");
    }

    @Test
    void what_was_open_before_a_window_goes_on_paging() {
        breaks(NEVER_HEALTHY);
        work();
        window("*", now().plus(Duration.ofHours(2)));

        passes(Duration.ofMinutes(15));

        assertThat(told("PAGED")).hasSize(2);
    }

    @Test
    void another_workload_is_paged_for_as_ever() {
        window("mcp-config", now().plus(Duration.ofHours(2)));
        breaks(NEVER_HEALTHY);

        assertThat(told("PAGED")).hasSize(1);
        assertThat(incident().heldUntil()).isNull();
    }

    @Test
    void a_suspected_breach_is_never_held() {
        window("*", now().plus(Duration.ofHours(2)));
        firesAs("SuspectedBreach");

        assertThat(told("PAGED")).hasSize(1);
    }

    @Test
    void one_that_comes_back_in_a_window_is_held_too() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        ends("alice", "notAnIncident");
        startsAnew();
        window(GATEWAY, now().plus(Duration.ofHours(2)));
        passes(Duration.ofMinutes(1));
        startsAnew();
        fires();

        assertThat(incident().reopened()).isEqualTo(1);
        assertThat(told("PAGED")).hasSize(1);
        assertThat(incident().held(now())).isTrue();
    }

    private MaintenanceWindow window(String workload, Instant until) {
        MaintenanceWindow asked =
                new MaintenanceWindow(0, Sandbox.NAMESPACE, workload, now(), until, "bob", "moving the storage", null);
        assertThat(calendar.faults(asked)).isEmpty();
        return calendar.declare(asked);
    }
}
