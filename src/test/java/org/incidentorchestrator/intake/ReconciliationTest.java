package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.AlertsResolved;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What differs from Alertmanager's list becomes a message, and only what the list can tell. */
class ReconciliationTest {
    /** What the API makes of {@link Fixture#STARTED}. */
    private static final String STARTED = "2026-11-23T02:58:03.412Z";

    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Rig rig = new Rig();
    private final ListingAlertmanager pager = new ListingAlertmanager();
    private final ReconcileSettings settings = Fixture.asking(Map.of("intake.sources.alertmanager.url", pager.url()));
    private final Reconciliation reconciliation = rig.reconciliation(settings);

    @AfterEach
    void close() {
        pager.close();
        rig.close();
    }

    @Test
    void an_alert_that_fires_and_is_not_known_opens_an_incident() {
        pager.lists("f1", "ServiceDown", "mcp-gateway", STARTED);

        look();

        assertThat(rig.all()).singleElement().satisfies(incident -> {
            assertThat(incident.key().toString()).isEqualTo("ServiceDown on a1-orchestrator/mcp-gateway");
            assertThat(incident.summary()).isEqualTo("mcp-gateway is down");
            assertThat(incident.firing()).isTrue();
        });
        assertThat(rig.row(1).beginning()).contains("\"lookedAt\":\"2026-11-23T03:00:00Z\"");
    }

    @Test
    void a_webhook_about_it_that_comes_later_is_a_repeat() {
        pager.lists("f1", "ServiceDown", "mcp-gateway", STARTED);
        look();

        long id =
                rig.work(Fixture.alert("firing", "f1", "ServiceDown", "mcp-gateway", "2026-11-23T02:58:03.412987654Z"));

        assertThat(rig.row(id).outcome()).isEqualTo("ATTACHED INC-1 (a repeat)");
    }

    @Test
    void what_is_the_same_here_and_there_writes_nothing() {
        rig.work(Fixture.alert("firing", "f1", "ServiceDown", "mcp-gateway", "2026-11-23T02:58:03.412987654Z"));
        pager.lists("f1", "ServiceDown", "mcp-gateway", STARTED);

        look();
        lookLater();

        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void what_nobody_is_to_be_told_of_is_not_opened() {
        setState("silenced", "suppressed");
        setState("unrouted", "unprocessed");
        pager.lists("elsewhere", "ServiceDown", "w", STARTED);
        ((ObjectNode) pager.listed("elsewhere").path("receivers").get(0)).put("name", "mail");
        pager.lists("heartbeat", "Watchdog", "w", STARTED);
        pager.lists("quiet", "ServiceDown", "w", STARTED);
        ((ObjectNode) pager.listed("quiet").path("labels")).put("severity", "none");
        pager.lists("nameless", "", "w", STARTED);

        look();

        assertThat(messages()).isZero();
        assertThat(rig.heartbeats.all()).as("only what is sent proves the way").isEmpty();
    }

    @Test
    void an_alert_that_has_just_begun_is_left_to_its_own_message() {
        pager.lists("f1", "ServiceDown", "mcp-gateway", "2026-11-23T02:59:30.000Z");

        look();
        assertThat(messages()).isZero();
        rig.clock.pass(EVERY);
        look();

        assertThat(rig.all()).hasSize(1);
    }

    @Test
    void what_a_message_left_out_is_opened_at_once() {
        rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "v"))
                .replace("\"truncatedAlerts\":0", "\"truncatedAlerts\":1"));
        rig.workAll();
        pager.lists("f1", "ServiceDown", "v", STARTED).lists("f2", "ServiceDown", "w", "2026-11-23T02:59:59.000Z");

        assertThat(rig.events(AlertsLeftOut.class)).containsExactly(new AlertsLeftOut("alertmanager"));
        reconciliation.look(true);
        rig.workAll();

        assertThat(rig.all()).extracting(incident -> incident.key().workload()).containsExactly("w", "v");
    }

    @Test
    void an_alert_of_a_closed_incident_is_left_to_the_pagers_repeat() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.incidents.close(new IncidentNumber(1), Incident.Outcome.RESOLVED_BY_RUNBOOK, rig.clock.instant());
        pager.lists("f1", "ServiceDown", "w", STARTED);

        rig.clock.pass(Duration.ofMinutes(20));
        look();

        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void an_alert_that_two_looks_miss_is_over() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);

        look();
        assertThat(rig.incident(1).firing()).isTrue();
        lookLater();

        assertThat(rig.incident(1).ending().cause()).isEqualTo(Ending.Cause.PAGER_RESOLVED);
        assertThat(rig.events(AlertsResolved.class)).hasSize(1);
        assertThat(rig.jdbc
                        .sql("select summary from evidence where kind = 'ALERT_RESOLVED'")
                        .query(String.class)
                        .single())
                .isEqualTo("alert f1 not listed by the pager any more; still firing: 0");
        lookLater();
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void an_incident_ends_with_the_last_of_its_alerts_only() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"), Fixture.firing("f2", "ServiceDown", "w"));
        pager.lists("f2", "ServiceDown", "w", STARTED);
        rig.clock.pass(EVERY);

        look();
        lookLater();

        assertThat(rig.incident(1).firing()).isTrue();
        assertThat(rig.evidence(1)).endsWith("ALERT_RESOLVED");
    }

    @Test
    void a_silenced_alert_and_one_that_goes_elsewhere_now_still_fire() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"), Fixture.firing("f2", "ServiceDown", "w"));
        setState("f1", "suppressed");
        pager.lists("f2", "ServiceDown", "w", STARTED);
        ((ObjectNode) pager.listed("f2").path("receivers").get(0)).put("name", "mail");
        rig.clock.pass(EVERY);

        look();
        lookLater();
        lookLater();

        assertThat(rig.incident(1).firing()).isTrue();
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void an_alertmanager_that_has_restarted_and_forgotten_everything_ends_nothing() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);
        look();

        pager.isUpFor(Duration.ofMinutes(4));
        lookLater();
        lookLater();
        pager.isUpFor(Duration.ofMinutes(6));
        lookLater();
        assertThat(rig.incident(1).firing()).isTrue();
        lookLater();

        assertThat(rig.incident(1).firing()).isFalse();
    }

    @Test
    void an_alertmanager_that_prometheus_does_not_reach_ends_nothing() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"), Fixture.firing("f2", "Watchdog", "w"));
        rig.clock.pass(EVERY);

        look();
        lookLater();
        assertThat(rig.incident(1).firing()).isTrue();
        pager.lists("f2", "Watchdog", "w", STARTED);
        lookLater();
        assertThat(rig.incident(1).firing()).isTrue();
        lookLater();

        assertThat(rig.incident(1).firing()).isFalse();
    }

    @Test
    void a_look_that_fails_begins_the_waiting_anew() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);
        look();

        pager.answersWith(500);
        lookLater();
        pager.answersWith(200);
        lookLater();
        assertThat(rig.incident(1).firing()).isTrue();
        lookLater();

        assertThat(rig.incident(1).firing()).isFalse();
    }

    @Test
    void two_looks_at_the_same_moment_are_one() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);

        look();
        rig.clock.pass(Duration.ofMillis(20));
        reconciliation.look(true);
        rig.workAll();

        assertThat(rig.incident(1).firing()).isTrue();
    }

    @Test
    void what_is_heard_between_two_looks_begins_the_waiting_anew() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);
        look();

        rig.clock.pass(EVERY.dividedBy(2));
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY.dividedBy(2));
        look();

        assertThat(rig.incident(1).firing()).isTrue();
    }

    @Test
    void a_message_that_arrives_after_the_look_and_is_worked_on_before_it_stands() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);
        look();
        rig.clock.pass(EVERY);
        reconciliation.look(false);
        rig.clock.pass(Duration.ofMillis(1));
        long look = messages();
        long repeat = rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "w")));
        rig.inbox.postpone(look, 1, rig.clock.instant().plus(EVERY), "tried again later");

        rig.workAll();
        assertThat(rig.row(repeat).state()).isEqualTo("DONE");
        rig.clock.pass(EVERY);
        rig.workAll();

        assertThat(rig.row(look).outcome()).contains("SUPPRESSED", "heard of after the look");
        assertThat(rig.incident(1).firing()).isTrue();
    }

    @Test
    void a_message_that_arrives_after_the_look_and_is_worked_on_after_it_stands_too() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);
        look();
        lookLater();
        assertThat(rig.incident(1).firing()).isFalse();
        rig.clock.pass(Duration.ofMillis(1));

        rig.work(Fixture.firing("f1", "ServiceDown", "w"));

        assertThat(rig.incident(1).firing()).isTrue();
    }

    @Test
    void a_message_that_arrived_before_the_look_and_is_worked_on_after_it_is_a_late_repeat() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);
        look();
        long repeat = rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "w")));
        rig.inbox.postpone(repeat, 1, rig.clock.instant().plus(EVERY.multipliedBy(2)), "tried again later");

        lookLater();
        rig.clock.pass(EVERY);
        rig.workAll();

        assertThat(rig.row(repeat).outcome()).contains("SUPPRESSED", "late repeat");
        assertThat(rig.incident(1).firing()).isFalse();
    }

    @Test
    void a_resolve_on_its_way_stands_over_a_list_that_is_older() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        pager.lists("f1", "ServiceDown", "w", STARTED);
        reconciliation.look(false);

        rig.work(Fixture.resolved("f1", "ServiceDown", "w"));
        lookLater();

        assertThat(rig.incident(1).firing()).isFalse();
    }

    @Test
    void an_alert_that_is_listed_again_fires_again() {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        rig.clock.pass(EVERY);
        look();
        lookLater();

        pager.lists("f1", "ServiceDown", "w", STARTED);
        lookLater();

        assertThat(rig.all()).hasSize(1);
        assertThat(rig.incident(1).firing()).isTrue();
    }

    @Test
    void two_programs_that_look_at_the_same_time_open_and_end_each_incident_once() {
        Reconciliation other = rig.reconciliation(settings);
        pager.lists("f1", "ServiceDown", "w", STARTED);
        reconciliation.look(false);
        other.look(false);
        rig.workAll();

        pager.listsNoMore("f1");
        for (int looks = 0; looks < 2; looks++) {
            rig.clock.pass(EVERY);
            reconciliation.look(false);
            other.look(false);
        }
        rig.workAll();

        assertThat(messages()).isEqualTo(4);
        assertThat(rig.evidence(1))
                .containsExactly("ALERT_RECEIVED", "INCIDENT_OPENED", "ALERT_RESOLVED", "INCIDENT_ENDED");
        assertThat(rig.events(AlertsResolved.class)).hasSize(1);
    }

    @Test
    void a_long_list_becomes_messages_of_a_bounded_size() {
        for (int at = 0; at < 1_001; at++) {
            pager.lists("f" + at, "ServiceDown", "w" + at % 50, STARTED);
        }

        look();

        assertThat(messages()).isEqualTo(3);
        assertThat(rig.all()).hasSize(50);
    }

    private void look() {
        reconciliation.look(false);
        rig.workAll();
    }

    private void lookLater() {
        rig.clock.pass(EVERY);
        look();
    }

    private void setState(String fingerprint, String state) {
        pager.lists(fingerprint, "ServiceDown", "w", STARTED);
        ((ObjectNode) pager.listed(fingerprint).path("status")).put("state", state);
    }

    private long messages() {
        return rig.jdbc.sql("select count(*) from inbox").query(Long.class).single();
    }
}
