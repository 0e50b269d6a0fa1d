package org.incidentorchestrator.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.ResponseTimes.Of;
import org.incidentorchestrator.incident.ResponseTimes.Spread;
import org.incidentorchestrator.incident.ResponseTimes.Times;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResponseTimesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final IncidentKey CART = new IncidentKey("ServiceDown", "shop", "cart");

    private final TestDatabase database = TestDatabase.create();
    private final Incidents incidents = new Incidents(database.jdbc());
    private final ResponseTimes times = new ResponseTimes(
            database.jdbc(), new OperationsSettings(Duration.ofDays(28)), Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void half_and_nine_tenths_and_the_longest_are_told_of_each_service_and_runbook() {
        for (int minute = 1; minute <= 11; minute++) {
            handled(CART, 3, Duration.ofMinutes(minute), Duration.ofMinutes(10 * minute));
        }

        assertThat(times.all())
                .extracting(Times::of, Times::name)
                .containsExactly(tuple(Of.SERVICE, "shop/cart"), tuple(Of.RUNBOOK, "service-down"));
        assertThat(times.all()).allSatisfy(of -> {
            assertThat(of.incidents()).isEqualTo(11);
            assertThat(of.acknowledge()).isEqualTo(spread(6, 10, 11));
            assertThat(of.resolve()).isEqualTo(spread(60, 100, 110));
        });
    }

    @Test
    void whoever_took_it_first_counts_though_it_is_given_back_escalated_and_handed_over_later() {
        Incident opened = open(CART, 3);
        incidents.acknowledge(opened.number(), "alice", opened.openedAt().plus(Duration.ofMinutes(4)));
        incidents.giveBack(opened.number(), opened.openedAt().plus(Duration.ofMinutes(9)));
        incidents.acknowledge(opened.number(), "bob", opened.openedAt().plus(Duration.ofMinutes(20)));
        incidents.escalate(opened.number(), 2, opened.openedAt().plus(Duration.ofMinutes(30)));
        incidents.handOver(opened.number(), "carol", opened.openedAt().plus(Duration.ofMinutes(40)));

        assertThat(times.all().get(0).acknowledge().max()).contains(Duration.ofMinutes(4));
        assertThat(incidents.find(opened.number()).orElseThrow())
                .returns(opened.openedAt().plus(Duration.ofMinutes(4)), Incident::firstAcknowledgedAt)
                .returns(opened.openedAt().plus(Duration.ofMinutes(40)), Incident::acknowledgedAt)
                .returns("carol", Incident::acknowledgedBy);
    }

    @Test
    void what_comes_back_is_first_taken_anew() {
        Incident back = open(CART, 5);
        incidents.acknowledge(back.number(), "alice", days(5));
        incidents.close(back.number(), Incident.Outcome.RESOLVED_BY_PERSON, days(4));
        incidents.reopen(back.number(), days(3));
        assertThat(incidents.find(back.number()).orElseThrow().firstAcknowledgedAt())
                .isNull();

        incidents.acknowledge(back.number(), "bob", days(2));
        assertThat(incidents.find(back.number()).orElseThrow().firstAcknowledgedAt())
                .isEqualTo(days(2));
    }

    @Test
    void each_week_has_its_own_figures_and_a_week_without_incidents_none() {
        handled(CART, 20, Duration.ofMinutes(8), Duration.ofMinutes(80));
        handled(CART, 3, Duration.ofMinutes(2), Duration.ofMinutes(20));

        List<ResponseTimes.Week> weeks = times.all().get(0).weeks();

        assertThat(weeks)
                .extracting(ResponseTimes.Week::at)
                .containsExactly(Instant.parse("2026-02-08T00:00:00Z"), Instant.parse("2026-02-22T00:00:00Z"));
        assertThat(weeks.get(0).acknowledge()).isEqualTo(spread(8, 8, 8));
        assertThat(weeks.get(1).resolve()).isEqualTo(spread(20, 20, 20));
    }

    @Test
    void what_nobody_has_taken_or_closed_yet_is_no_time_at_all() {
        open(CART, 1);

        assertThat(times.all()).hasSize(1).allSatisfy(of -> {
            assertThat(of.incidents()).isEqualTo(1);
            assertThat(of.acknowledge().max()).isEmpty();
            assertThat(of.resolve().p50()).isEmpty();
        });
    }

    @Test
    void exercises_planned_work_what_came_back_and_what_is_older_count_nowhere() {
        incidents.exercise(CART, Severity.CRITICAL, "played", "alice", null, days(1));
        Incident back = open(CART, 5);
        incidents.close(back.number(), Incident.Outcome.RESOLVED_BY_RUNBOOK, days(4));
        incidents.reopen(back.number(), days(3));
        Incident planned = incidents.declare(
                new IncidentKey("PlannedDeployment", "shop", ""), Severity.INFO, "planned", "alice", null, days(2));
        incidents.close(planned.number(), Incident.Outcome.WORK_DONE, days(1));
        open(new IncidentKey("ServiceDown", "shop", "old"), 40);

        assertThat(times.all()).isEmpty();
    }

    @Test
    void what_was_kept_from_people_counts_for_its_end_alone() {
        Incident held = open(CART, 2);
        incidents.hold(held.number(), days(1));
        incidents.acknowledge(held.number(), "alice", days(1));
        incidents.close(held.number(), Incident.Outcome.RESOLVED_BY_PERSON, days(1));

        assertThat(times.all().get(0).acknowledge().max()).isEmpty();
        assertThat(times.all().get(0).resolve().max()).contains(Duration.ofDays(1));
    }

    private void handled(IncidentKey key, int daysAgo, Duration acknowledge, Duration resolve) {
        Incident opened = open(key, daysAgo);
        incidents.choose(opened.number(), null, "service-down");
        incidents.acknowledge(opened.number(), "alice", opened.openedAt().plus(acknowledge));
        incidents.close(
                opened.number(),
                Incident.Outcome.RESOLVED_BY_RUNBOOK,
                opened.openedAt().plus(resolve));
    }

    private Incident open(IncidentKey key, int daysAgo) {
        return incidents.declare(key, Severity.CRITICAL, "down", "alice", null, days(daysAgo));
    }

    private static Instant days(int ago) {
        return NOW.minus(Duration.ofDays(ago));
    }

    private static Spread spread(int p50, int p90, int max) {
        return new Spread(minutes(p50), minutes(p90), minutes(max));
    }

    private static Optional<Duration> minutes(int minutes) {
        return Optional.of(Duration.ofMinutes(minutes));
    }
}
