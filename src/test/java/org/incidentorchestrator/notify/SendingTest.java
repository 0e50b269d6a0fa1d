package org.incidentorchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.notify.Rig.CHAT;
import static org.incidentorchestrator.notify.Rig.MAIL;
import static org.incidentorchestrator.notify.Rig.PAGER;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMailUtil;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is sent, once, by the address that the roster names (runbook K05). */
class SendingTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_page_arrives_as_a_mail_with_what_is_known_and_where_to_go() throws MessagingException {
        rig.isOnCall("l1", "alice", MAIL);
        Incident incident = rig.opened();

        rig.page(incident, 1);
        rig.sendAll();

        var mail = rig.mail.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("INC-1 critical: ServiceDown on shop/cart");
        assertThat(GreenMailUtil.getBody(mail))
                .contains("cart is down", "Severity: critical", "Service: shop/cart", "Since: 2026-11-24 09:00 UTC")
                .contains("Paged: L1: alice")
                .contains("/camunda/app/tasklist/default/");
        assertThat(rig.states()).containsExactly("mail PAGE SENT");
        assertThat(rig.evidence("NOTIFIED")).containsExactly("Told alice by mail: cart is down");
    }

    @Test
    void the_same_page_is_told_once() {
        rig.isOnCall("l1", "alice", CHAT);
        Incident incident = rig.opened();

        rig.page(incident, 1);
        rig.page(incident, 1);
        rig.sendAll();

        assertThat(rig.chat.all()).hasSize(1);
    }

    @Test
    void a_level_is_told_again_with_each_page_and_who_is_of_several_levels_once() {
        rig.isOnCall("l1", "alice", CHAT);
        rig.isOnCall("l2", "alice", CHAT);
        Incident incident = rig.opened();

        rig.page(incident, 5);
        rig.clock.pass(Duration.ofMinutes(30));
        rig.page(incident, 1);
        rig.page(incident, 2);
        rig.sendAll();

        assertThat(rig.chat.all()).hasSize(2);
    }

    @Test
    void a_page_of_an_incident_that_somebody_has_taken_meanwhile_is_not_sent() {
        rig.isOnCall("l1", "alice", MAIL);
        Incident incident = rig.opened();
        rig.page(incident, 1);

        rig.takenBy("bob", incident);
        rig.sendAll();

        assertThat(rig.mail.getReceivedMessages()).isEmpty();
        assertThat(rig.states()).containsExactly("mail PAGE DROPPED", "mail TAKEN DROPPED");
        assertThat(rig.rows().get(0).note()).hasValue("bob has taken it at 2026-11-24T09:00:00Z");
        assertThat(rig.rows().get(1).note()).hasValue("nobody was told of it there");
    }

    @Test
    void a_page_of_an_incident_that_was_closed_meanwhile_is_not_sent() {
        rig.isOnCall("l1", "alice", PAGER);
        Incident incident = rig.opened();
        rig.page(incident, 1);

        rig.closed(incident);
        rig.sendAll();

        assertThat(rig.pager.all()).isEmpty();
        assertThat(rig.states()).containsExactly("pagerduty PAGE DROPPED", "pagerduty CLOSED DROPPED");
    }

    @Test
    void a_page_that_a_maintenance_window_holds_is_not_sent() {
        rig.isOnCall("l1", "alice", PAGER);
        Incident incident = rig.opened();
        rig.page(incident, 1);
        rig.database
                .jdbc()
                .sql("update incident set held_until = '2026-11-24T10:00:00Z'")
                .update();

        rig.sendAll();

        assertThat(rig.pager.all()).isEmpty();
        assertThat(rig.rows().get(0).note().orElseThrow()).contains("held until 2026-11-24T10:00:00Z");
    }

    @Test
    void the_pager_hears_of_trigger_acknowledge_and_resolve_by_one_key_and_in_this_order() {
        rig.isOnCall("l1", "alice", PAGER);
        Incident incident = rig.opened();
        rig.page(incident, 1);
        rig.pager.answers(503);
        rig.sendAll();

        rig.pager.worksAgain();
        // The trigger may have arrived: nothing overtakes it.
        assertThat(rig.sendAll()).isZero();
        rig.passAndSend(Duration.ofSeconds(5));
        rig.takenBy("alice", incident);
        rig.sendAll();
        rig.closed(incident);
        rig.sendAll();

        assertThat(rig.pager.all())
                .extracting(event -> event.path("event_action").asText())
                .containsExactly("trigger", "trigger", "acknowledge", "resolve");
        assertThat(rig.pager.all())
                .extracting(event -> event.path("dedup_key").asText())
                .containsOnly("incident-orchestrator:incidents.example.org/INC-1.0/L1/1795510800000");
    }

    @Test
    void an_acknowledge_waits_for_a_trigger_that_may_have_arrived_and_then_follows_it() {
        rig.isOnCall("l1", "alice", PAGER);
        Incident incident = rig.opened();
        rig.page(incident, 1);
        rig.pager.answers(503);
        rig.sendAll();
        rig.takenBy("alice", incident);

        rig.pager.worksAgain();
        assertThat(rig.sendAll()).isZero();
        rig.passAndSend(Duration.ofSeconds(5));

        assertThat(rig.states()).containsExactly("pagerduty PAGE DROPPED", "pagerduty TAKEN SENT");
        assertThat(rig.pager.all())
                .extracting(event -> event.path("event_action").asText())
                .containsExactly("trigger", "acknowledge");
    }

    @Test
    void who_was_called_is_told_that_somebody_else_has_it_and_who_has_it_is_not() {
        rig.isOnCall("l1", "alice", MAIL);
        rig.isOnCall("l2", "bob", CHAT);
        Incident incident = rig.opened();
        rig.page(incident, 1);
        rig.page(incident, 2);
        rig.sendAll();

        rig.takenBy("alice", incident);
        rig.sendAll();

        assertThat(rig.mail.getReceivedMessages()).hasSize(1);
        assertThat(rig.chat.all()).hasSize(2);
        assertThat(text(rig.chat.all().get(1))).contains("taken", "alice has taken it");
    }

    @Test
    void when_it_is_given_back_the_room_hears_of_it_and_the_next_page_has_a_key_that_wakes() {
        rig.isOnCall("l1", "alice", PAGER);
        rig.isOnCall("l2", "room", CHAT);
        Incident incident = rig.opened();
        rig.page(incident, 1);
        rig.page(incident, 2);
        rig.sendAll();
        rig.takenBy("alice", incident);
        rig.sendAll();
        rig.clock.pass(Duration.ofMinutes(30));

        Incident back = rig.givenBack(incident);
        rig.page(back, 1);
        rig.sendAll();

        List<JsonNode> events = rig.pager.all();
        assertThat(events)
                .extracting(event -> event.path("event_action").asText())
                .containsExactly("trigger", "acknowledge", "trigger");
        assertThat(events.get(2).path("dedup_key")).isNotEqualTo(events.get(0).path("dedup_key"));
        assertThat(rig.chat.all()).hasSize(3);
        assertThat(text(rig.chat.all().get(2))).contains("given back", "alice has given it back");
    }

    @Test
    void an_announcement_for_a_person_goes_to_that_person_and_to_the_groups_when_nobody_can_be_reached_so() {
        rig.isOnCall("l1", "alice", PAGER);
        rig.isOnCall("l3", "carol", CHAT);
        var number = Optional.of(rig.opened().number());

        rig.tidings.announced(
                new Announcement(number, Set.of("l1"), Set.of("carol"), "a", "alice asks you", Optional.empty()));
        rig.tidings.announced(
                new Announcement(number, Set.of("l1"), Set.of("dave"), "b", "alice asks dave", Optional.empty()));
        rig.sendAll();

        assertThat(rig.chat.all()).singleElement().satisfies(message -> assertThat(text(message))
                .contains("alice asks you"));
        assertThat(rig.pager.all()).singleElement().satisfies(event -> assertThat(event.toString())
                .contains("alice asks dave"));
    }

    @Test
    void what_only_a_person_can_settle_is_told_once_for_each_task_and_not_when_it_has_settled_itself() {
        rig.isOnCall("l1", "alice", CHAT);
        var needed = new PersonNeeded("the heartbeat is silent", Optional.empty(), "heartbeat/a/b");

        rig.tidings.needed(needed);
        rig.tidings.needed(needed);
        assertThat(rig.rows()).hasSize(1);
        rig.tidings.notNeeded(new PersonNotNeeded("heard again", Optional.empty(), "heartbeat/a/b"));
        rig.sendAll();

        assertThat(rig.chat.all()).isEmpty();
        assertThat(rig.states()).containsExactly("slack PERSON DROPPED");
    }

    @Test
    void an_announcement_goes_to_its_groups_once_with_a_link_to_its_task() {
        rig.isOnCall("approver", "carol", CHAT);
        rig.isOnCall("l1", "alice", PAGER);
        var news = new Announcement(
                Optional.of(rig.opened().number()),
                Set.of("approver"),
                "approval/17/asked",
                "An approval is asked for: isolate shop/cart",
                Optional.of("4711"));

        rig.tidings.announced(news);
        rig.tidings.announced(news);
        rig.sendAll();

        assertThat(rig.pager.all()).isEmpty();
        assertThat(rig.chat.all()).hasSize(1);
        assertThat(text(rig.chat.all().get(0)))
                .contains("INC-1", "isolate shop/cart", "?task=4711|Open in Tasklist")
                .doesNotContain("/acknowledge/");
    }

    @Test
    void nobody_on_call_with_an_address_is_on_the_record() {
        rig.onCall.put(
                "l2",
                List.of(new org.incidentorchestrator.notify.oncall.Contact("bob", Optional.of("bob"), List.of())));

        rig.page(rig.opened(), 2);

        assertThat(rig.evidence("NOT_NOTIFIED"))
                .singleElement()
                .asString()
                .isEqualTo(
                        "The page of L2 was told to nobody outside of Tasklist: nobody with an address is on call for"
                                + " l2");
    }

    @Test
    void whoever_publishes_loses_nothing_when_the_outbox_cannot_be_written() {
        rig.isOnCall("l1", "alice", CHAT);
        rig.database.jdbc().sql("alter table notification drop column text").update();

        rig.database.inTransaction(() -> {
            Incident incident = rig.opened();
            rig.tidings.paged(new org.incidentorchestrator.incident.LevelPaged(incident, 1, rig.now()));
        });

        assertThat(rig.incidents.find(new org.incidentorchestrator.incident.IncidentNumber(1)))
                .isPresent();
        assertThat(rig.meters
                        .get("incident.orchestrator.notifications.not.written")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=hunter2",
                "Authorization: Bearer abcdefghijklmnop0123",
                "token: ghp_0123456789012345678901234567890123456"
            })
    void no_secret_of_an_alert_gets_into_a_message(String secret) throws MessagingException {
        rig.isOnCall("l1", "alice", MAIL);
        rig.isOnCall("l2", "bob", CHAT);
        rig.isOnCall("l3", "carol", PAGER);
        Incident incident = rig.opened("cart", "cart is down, " + secret);

        rig.page(incident, 5);
        rig.sendAll();

        String hidden = secret.substring(secret.lastIndexOf(secret.contains("=") ? '=' : ' ') + 1);
        String all = rig.chat.all()
                + GreenMailUtil.getWholeMessage(rig.mail.getReceivedMessages()[0])
                + rig.pager.all()
                + rig.rows();
        assertThat(all).contains("redacted").doesNotContain(hidden);
    }

    @Test
    void the_secrets_of_channels_are_neither_in_rows_nor_in_the_record() {
        rig.isOnCall("l1", "alice", CHAT);
        rig.isOnCall("l2", "bob", PAGER);
        rig.chat.answers(404, "no such hook: /hooks/SECRET-OF-THE-CHAT");
        rig.pager.answers(400, "unknown routing_key SECRET-OF-THE-PAGER");

        rig.page(rig.opened(), 5);
        rig.sendAll();

        assertThat(rig.rows().toString() + rig.evidence("NOT_NOTIFIED") + rig.events + rig.channels.troubles())
                .contains("answered with 404", "answered with 400")
                .doesNotContain("SECRET-OF-THE-PAGER", rig.chat.url("/hooks/SECRET-OF-THE-CHAT"));
    }

    private static String text(JsonNode message) {
        return message.path("text").asText();
    }
}
