package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.incidentorchestrator.incident.AlertsResolved;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.CannotCreateTransactionException;

/** From the stored message to the incident. */
class IntakeTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void an_alert_opens_an_incident_and_says_so_in_the_same_transaction() {
        rig.whenPublished(event -> assertThat(rig.all()).hasSize(1));

        long id = rig.work(Fixture.firing("f1", "ServiceDown", "mcp-gateway"));

        Incident incident = rig.incident(1);
        assertThat(incident.key().toString()).isEqualTo("ServiceDown on a1-orchestrator/mcp-gateway");
        assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(incident.summary()).isEqualTo("mcp-gateway is down");
        assertThat(rig.events).singleElement().isEqualTo(new IncidentsOpened(List.of(incident)));
        assertThat(rig.evidence(1)).containsExactly("ALERT_RECEIVED", "INCIDENT_OPENED");
        assertThat(rig.row(id).state()).isEqualTo("DONE");
        assertThat(rig.row(id).outcome()).isEqualTo("OPENED INC-1 (nothing was open for it)");
    }

    @Test
    void a_hundred_identical_posts_at_the_same_time_make_one_incident_and_waste_no_number() throws Exception {
        String message = Fixture.message(Fixture.firing("f1", "ServiceDown", "mcp-gateway"));
        List<Long> ids = atTheSameTime(100, () -> rig.send(message));

        rig.workAll();
        rig.work(Fixture.firing("f2", "ServiceDown", "mcp-config"));

        assertThat(ids).doesNotHaveDuplicates().hasSize(100);
        assertThat(rig.all()).extracting(incident -> incident.number().value()).containsExactly(2L, 1L);
        assertThat(rig.events(IncidentsOpened.class)).hasSize(2);
        assertThat(rig.evidence(1)).containsExactly("ALERT_RECEIVED", "INCIDENT_OPENED");
    }

    @Test
    void the_id_that_a_sender_gets_is_that_of_its_own_message() throws Exception {
        AtomicInteger sender = new AtomicInteger();

        atTheSameTime(50, () -> {
            String body = "message " + sender.incrementAndGet();
            long id = rig.send(body);
            assertThat(rig.row(id).beginning()).isEqualTo(body);
            return id;
        });

        assertThat(sender).hasValue(50);
    }

    @Test
    void two_workers_on_one_database_work_each_message_once() throws Exception {
        IntStream.range(0, 200)
                .forEach(at -> rig.send(Fixture.message(Fixture.firing("f" + at, "ServiceDown", "w" + at % 20))));

        atTheSameTime(2, () -> {
            InboxPass pass = rig.pass();
            while (pass.run() > 0) {
                // Until nothing is due.
            }
            return 0L;
        });

        rig.clock.pass(Duration.ofMinutes(1));
        rig.workAll();
        assertThat(rig.all()).hasSize(20);
        assertThat(rig.jdbc
                        .sql("select count(*) from inbox where state = 'DONE'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(200);
        assertThat(rig.jdbc
                        .sql("select count(*) from evidence where kind = 'INCIDENT_OPENED'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(20);
        assertThat(rig.jdbc
                        .sql("select count(*) from alert_episode where incident is not null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(200);
    }

    @Test
    void further_alerts_of_a_key_are_attached_and_recorded_once_per_transaction() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));

        rig.work(Fixture.firing("f2", "ServiceDown", "w"), Fixture.firing("f3", "ServiceDown", "w"));
        rig.work(Fixture.firing("f2", "ServiceDown", "w"));

        assertThat(rig.all()).hasSize(1);
        assertThat(rig.evidence(1)).containsExactly("ALERT_RECEIVED", "INCIDENT_OPENED", "ALERT_ATTACHED");
    }

    @Test
    void the_pager_resolves_an_incident_with_the_last_alert_that_fires() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"), Fixture.firing("f2", "ServiceDown", "w"));

        rig.work(Fixture.resolved("f1", "ServiceDown", "w"));
        assertThat(rig.incident(1).firing()).isTrue();
        assertThat(rig.events(AlertsResolved.class)).isEmpty();
        rig.work(Fixture.resolved("f2", "ServiceDown", "w"));

        assertThat(rig.incident(1).open()).isTrue();
        assertThat(rig.incident(1).ending().cause()).isEqualTo(Ending.Cause.PAGER_RESOLVED);
        assertThat(rig.events(AlertsResolved.class))
                .containsExactly(new AlertsResolved(List.of(new IncidentNumber(1))));
        assertThat(rig.evidence(1)).endsWith("ALERT_RESOLVED", "INCIDENT_ENDED");
    }

    @Test
    void a_persons_word_stands_over_the_pagers() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        var word = new Ending(Ending.Cause.NOT_AN_INCIDENT, "alice", "a drill", rig.clock.instant());
        rig.incidents.end(new IncidentNumber(1), word);

        rig.work(Fixture.resolved("f1", "ServiceDown", "w"));

        assertThat(rig.incident(1).ending()).isEqualTo(word);
        assertThat(rig.events(AlertsResolved.class)).isEmpty();
    }

    @Test
    void firing_again_before_the_closing_takes_the_pagers_resolve_back() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.work(Fixture.resolved("f1", "ServiceDown", "w"));

        rig.work(Fixture.alert("firing", "f1", "ServiceDown", "w", Fixture.STARTED_AGAIN));

        assertThat(rig.all()).hasSize(1);
        assertThat(rig.incident(1).firing()).isTrue();
    }

    @Test
    void resolved_before_it_was_seen_firing_starts_nothing_and_is_remembered() {
        rig.work(Fixture.resolved("f1", "ServiceDown", "w"));
        long late = rig.work(Fixture.firing("f1", "ServiceDown", "w"));

        assertThat(rig.all()).isEmpty();
        assertThat(rig.row(late).outcome()).contains("SUPPRESSED", "resolved before");
    }

    @Test
    void what_still_fires_long_after_its_resolve_is_not_silent_for_ever() {
        rig.work(Fixture.resolved("f1", "ServiceDown", "w"));
        rig.clock.pass(Duration.ofMinutes(15));

        rig.work(Fixture.firing("f1", "ServiceDown", "w"));

        assertThat(rig.incident(1).firing()).isTrue();
    }

    @Test
    void a_repeat_after_the_closing_starts_nothing_until_it_evidently_still_fires() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        closeFirst();

        rig.clock.pass(Duration.ofMinutes(14));
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        assertThat(rig.incident(1).open()).isFalse();
        rig.clock.pass(Duration.ofMinutes(1));
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));

        assertThat(rig.all()).hasSize(1);
        assertThat(rig.incident(1).firing()).isTrue();
        assertThat(rig.incident(1).reopened()).isEqualTo(1);
        assertThat(rig.evidence(1)).endsWith("INCIDENT_REOPENED");
        assertThat(rig.events(IncidentsOpened.class)).hasSize(2);
    }

    @Test
    void a_new_start_within_the_window_reopens_and_after_it_opens_anew() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        closeFirst();

        rig.clock.pass(Duration.ofMinutes(30));
        rig.work(Fixture.alert("firing", "f1", "ServiceDown", "w", Fixture.STARTED_AGAIN));
        assertThat(rig.incident(1).open()).isTrue();
        closeFirst();
        rig.clock.pass(Duration.ofMinutes(31));
        rig.work(Fixture.alert("firing", "f1", "ServiceDown", "w", "2026-11-23T04:00:00Z"));

        assertThat(rig.incident(1).open()).isFalse();
        assertThat(rig.incident(2).firing()).isTrue();
        rig.work(Fixture.alert("resolved", "f1", "ServiceDown", "w", "2026-11-23T04:00:00Z"));
        assertThat(rig.incident(2).firing()).isFalse();
    }

    @Test
    void a_start_in_the_future_does_not_outrank_the_real_ones_that_follow() {
        rig.work(Fixture.alert("firing", "f1", "ServiceDown", "w", "2031-01-01T00:00:00Z"));
        rig.clock.pass(Duration.ofMinutes(2));

        long id = rig.work(Fixture.alert("firing", "f1", "ServiceDown", "w", "2026-11-23T03:01:00Z"));
        rig.work(Fixture.alert("resolved", "f1", "ServiceDown", "w", "2026-11-23T03:01:00Z"));

        assertThat(rig.row(id).outcome()).contains("ATTACHED INC-1");
        assertThat(rig.incident(1).firing()).isFalse();
    }

    @Test
    void a_start_in_the_future_is_noted() {
        long id = rig.work(Fixture.alert("firing", "f1", "ServiceDown", "w", "2031-01-01T00:00:00Z"));

        assertThat(rig.row(id).outcome()).contains("OPENED INC-1", "in the future");
    }

    @Test
    void heartbeats_and_what_has_no_severity_open_nothing() {
        rig.work(Fixture.firing("f1", "Watchdog", "w"), Fixture.firing("f2", "InfoInhibitor", "w"));
        long id = rig.work(
                Fixture.firing("f3", "Quiet", "w").replace("\"severity\":\"critical\"", "\"severity\":\"none\""));

        assertThat(rig.all()).isEmpty();
        assertThat(rig.row(id).outcome()).isEqualTo("SUPPRESSED (its severity is none)");
        rig.clock.pass(Duration.ofMinutes(1));
        rig.work(Fixture.firing("f1", "Watchdog", "w"));
        assertThat(rig.jdbc
                        .sql("select last_seen_at from heartbeat where source = 'alertmanager' and name = 'Watchdog'")
                        .query(java.time.OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isEqualTo(rig.clock.instant());
    }

    @Test
    void one_key_that_cannot_be_started_holds_up_nothing_else() {
        poison("w7");
        long mixed = rig.send(Fixture.message(
                Fixture.firing("f7", "ServiceDown", "w7"), Fixture.firing("f30", "ServiceDown", "w30")));
        IntStream.range(0, 30)
                .forEach(at -> rig.send(Fixture.message(Fixture.firing("f" + at, "ServiceDown", "w" + at))));

        rig.workAll();

        assertThat(rig.all())
                .extracting(incident -> incident.key().workload())
                .hasSize(30)
                .contains("w30")
                .doesNotContain("w7");
        assertThat(rig.row(mixed).state()).isEqualTo("RECEIVED");
        assertThat(rig.row(mixed).attempts()).isEqualTo(1);
        assertThat(rig.row(mixed).outcome()).contains("attempt 1 of 8", "no process");
    }

    @Test
    void what_fails_again_and_again_is_parked_and_goes_through_when_it_is_replayed() {
        poison("w");
        long id = rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "w")));
        for (int attempt = 0; attempt < 8; attempt++) {
            rig.workAll();
            rig.clock.pass(Duration.ofMinutes(2));
        }

        assertThat(rig.row(id).state()).isEqualTo("PARKED");
        assertThat(rig.events(PersonNeeded.class)).singleElement().satisfies(needed -> {
            assertThat(needed.subject()).as("one task per source").isEqualTo("inbox/alertmanager");
            assertThat(needed.reason()).contains("no process", "replay");
        });
        rig.whenPublished(event -> {});
        assertThat(rig.inbox.replay(id, rig.clock.instant())).isTrue();
        rig.workAll();
        assertThat(rig.row(id).state()).isEqualTo("DONE");
        assertThat(rig.all()).hasSize(1);
    }

    @Test
    void losing_the_race_to_open_is_no_failure() {
        boolean[] lost = {false};
        rig.whenPublished(event -> {
            if (!lost[0]) {
                lost[0] = true;
                throw new DuplicateKeyException("somebody opened it in between");
            }
        });

        long id = rig.work(Fixture.firing("f1", "ServiceDown", "w"));

        assertThat(lost[0]).isTrue();
        assertThat(rig.row(id).state()).isEqualTo("DONE");
        assertThat(rig.row(id).attempts()).isZero();
    }

    @Test
    void a_database_that_is_away_costs_no_attempt() {
        long id = rig.send(
                Fixture.message(Fixture.firing("f1", "ServiceDown", "w"), Fixture.firing("f2", "ServiceDown", "v")));
        rig.whenPublished(event -> {
            rig.databaseRefuses(1);
            throw new IllegalStateException("the connection broke");
        });

        assertThatThrownBy(rig.pass::run).isInstanceOf(CannotCreateTransactionException.class);
        rig.whenPublished(event -> {});
        rig.workAll();

        assertThat(rig.row(id).attempts()).isZero();
        assertThat(rig.row(id).state()).isEqualTo("DONE");
    }

    @Test
    void an_unintelligible_message_is_parked_for_a_person() {
        long id = rig.send("%PDF-1.7");

        rig.workAll();

        assertThat(rig.row(id).state()).isEqualTo("PARKED");
        assertThat(rig.row(id).beginning()).isEqualTo("%PDF-1.7");
        assertThat(rig.events(PersonNeeded.class))
                .extracting(PersonNeeded::subject)
                .containsExactly("inbox/alertmanager");
        assertThat(rig.jdbc
                        .sql("select summary from evidence where kind = 'ALERT_PARKED'")
                        .query(String.class)
                        .single())
                .contains("inbox/" + id, "not JSON");
    }

    @Test
    void a_message_that_nobody_can_be_asked_about_is_parked_all_the_same() {
        rig.whenPublished(event -> {
            throw new IllegalStateException("no task list");
        });
        long id = rig.send("not json");

        rig.workAll();

        assertThat(rig.row(id).state()).isEqualTo("PARKED");
    }

    @Test
    void the_good_alerts_of_a_message_are_worked_on_and_the_bad_ones_shown_to_a_person() {
        long id = rig.work(Fixture.firing("f1", "ServiceDown", "w"), "{\"status\":\"odd\"}");

        assertThat(rig.all()).hasSize(1);
        assertThat(rig.row(id).state()).isEqualTo("PARKED");
        assertThat(rig.row(id).outcome()).contains("alerts[1]", "OPENED INC-1");
        assertThat(rig.events(PersonNeeded.class)).hasSize(1);
    }

    @Test
    void truncation_is_kept_in_the_outcome() {
        long id = rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "w"))
                .replace("\"truncatedAlerts\":0", "\"truncatedAlerts\":12"));

        rig.workAll();

        assertThat(rig.row(id).outcome()).contains("left out 12 alerts");
    }

    @Test
    void a_storm_becomes_one_incident_per_key_in_few_transactions() {
        IntStream.range(0, 40)
                .forEach(message -> rig.send(Fixture.message(IntStream.range(0, 25)
                        .mapToObj(
                                at -> Fixture.firing(message + "-" + at, "ServiceDown", "w" + (message * 25 + at) % 50))
                        .toArray(String[]::new))));

        rig.workAll();

        assertThat(rig.all()).hasSize(50);
        assertThat(rig.events(IncidentsOpened.class)).hasSize(3);
    }

    private void poison(String workload) {
        rig.whenPublished(event -> {
            if (event instanceof IncidentsOpened opened
                    && opened.incidents().stream()
                            .anyMatch(incident -> incident.key().workload().equals(workload))) {
                throw new IllegalStateException("no process is deployed");
            }
        });
    }

    private void closeFirst() {
        rig.incidents.close(new IncidentNumber(1), Incident.Outcome.RESOLVED_BY_RUNBOOK, rig.clock.instant());
    }

    private static List<Long> atTheSameTime(int threads, Callable<Long> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Long> results = new java.util.ArrayList<>();
            for (var result : pool.invokeAll(java.util.Collections.nCopies(threads, work))) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
