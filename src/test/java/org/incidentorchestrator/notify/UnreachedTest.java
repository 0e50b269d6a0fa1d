package org.incidentorchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.notify.Rig.CHAT;
import static org.incidentorchestrator.notify.Rig.MAIL;
import static org.incidentorchestrator.notify.Rig.PAGER;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.notify.Notification.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An address that does not take what is sent to it: what is tried next, when, and until when. */
class UnreachedTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_channel_that_fails_is_tried_again_with_back_off_and_then_the_next_address_is() {
        rig.isOnCall("l1", "alice", PAGER, MAIL);
        rig.pager.answers(500);
        rig.page(rig.opened(), 1);

        rig.sendAll();
        rig.passAndSend(Duration.ofSeconds(5));
        assertThat(rig.sendAll()).isZero();
        rig.passAndSend(Duration.ofSeconds(10));
        assertThat(rig.pager.all()).hasSize(3);
        rig.passAndSend(Duration.ofSeconds(20));

        assertThat(rig.states()).containsExactly("pagerduty PAGE FAILED", "mail PAGE SENT");
        assertThat(rig.mail.getReceivedMessages()).hasSize(1);
        assertThat(rig.evidence("NOT_NOTIFIED").get(0)).contains("Not told alice by pagerduty; mail is tried now: ");
    }

    @Test
    void once_a_channel_is_known_not_to_work_further_pages_go_to_the_next_address_at_once() {
        rig.isOnCall("l1", "alice", PAGER, MAIL);
        rig.pager.answers(500);
        for (String workload : List.of("a", "b", "c", "d", "e", "f")) {
            rig.page(rig.opened(workload, workload + " is down"), 1);
        }

        rig.sendAll();

        assertThat(rig.pager.all()).hasSize(3);
        assertThat(rig.mail.getReceivedMessages()).hasSize(3);
        assertThat(rig.channels.troubles()).containsOnlyKeys("pagerduty");
        rig.pager.worksAgain();
        rig.passAndSend(Duration.ofSeconds(31));
        assertThat(rig.channels.troubles()).isEmpty();
    }

    @Test
    void what_is_refused_is_not_tried_again_but_at_the_next_address() {
        rig.isOnCall("l1", "alice", PAGER, CHAT);
        rig.pager.answers(400, "{\"status\":\"invalid event\"}");
        rig.page(rig.opened(), 1);

        rig.sendAll();

        assertThat(rig.pager.all()).hasSize(1);
        assertThat(rig.states()).containsExactly("pagerduty PAGE FAILED", "slack PAGE SENT");
        assertThat(rig.rows().get(0).note().orElseThrow()).contains("answered with 400", "invalid event");
    }

    @Test
    void who_asks_to_be_left_alone_is_left_alone_for_as_long() {
        rig.isOnCall("l1", "alice", CHAT);
        rig.chat.wantsToBeLeftAlone(90);
        rig.page(rig.opened(), 1);
        rig.sendAll();

        rig.chat.worksAgain();
        rig.passAndSend(Duration.ofSeconds(89));
        assertThat(rig.chat.all()).hasSize(1);
        rig.passAndSend(Duration.ofSeconds(1));

        assertThat(rig.states()).containsExactly("slack PAGE SENT");
    }

    @Test
    void a_chat_that_hangs_costs_one_bounded_call() {
        try (Rig hurried = new Rig(Map.of("notify.slack.timeout", "300ms"))) {
            hurried.isOnCall("l1", "alice", CHAT);
            hurried.chat.hangs();
            hurried.page(hurried.opened(), 1);

            hurried.sendAll();

            assertThat(hurried.rows().get(0).note().orElseThrow()).contains("no answer within 300 ms");
            assertThat(hurried.rows().get(0).state()).isEqualTo(State.DUE);
        }
    }

    @Test
    void when_no_address_is_left_it_is_loud_once_and_all_are_tried_again_until_somebody_is_reached() {
        rig.isOnCall("l1", "alice", CHAT, PAGER);
        rig.chat.answers(410, "channel_is_archived");
        rig.pager.answers(400);
        rig.page(rig.opened(), 1);

        rig.sendAll();
        rig.passAndSend(Duration.ofMinutes(5));

        assertThat(rig.evidence("NOT_NOTIFIED"))
                .hasSize(2)
                .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("alice could not be told by any address: PagerDuty");
        assertThat(rig.events).singleElement().isInstanceOfSatisfying(PersonNeeded.class, needed -> {
            assertThat(needed.subject()).isEqualTo("notify/alice");
            assertThat(needed.reason()).contains("alice could not be told of INC-1 by any address");
        });
        assertThat(rig.meters
                        .get("incident.orchestrator.notifications.unreached")
                        .counter()
                        .count())
                .isEqualTo(1);

        rig.chat.worksAgain();
        rig.passAndSend(Duration.ofMinutes(5));

        assertThat(rig.states()).last().isEqualTo("slack PAGE SENT");
        assertThat(rig.events).last().isInstanceOf(PersonNotNeeded.class);
    }

    @Test
    void that_somebody_cannot_be_told_is_not_told_to_the_same_people() {
        rig.isOnCall("l1", "alice", CHAT);

        rig.tidings.needed(new PersonNeeded("alice could not be told", Optional.empty(), "notify/alice"));

        assertThat(rig.rows()).isEmpty();
    }

    @Test
    void what_is_given_up_is_not_tried_for_ever() {
        rig.isOnCall("l1", "alice", CHAT);
        rig.chat.answers(404);
        rig.tidings.needed(new PersonNeeded("the database was damaged", Optional.empty(), "database"));

        for (int round = 0; round < 200; round++) {
            rig.passAndSend(Duration.ofMinutes(5));
        }

        // Twelve hours of five minutes, and the first.
        assertThat(rig.chat.all()).hasSize(145);
        assertThat(rig.events).hasSize(1);
    }

    @Test
    void a_program_that_was_killed_between_sending_and_writing_sends_again_when_its_claim_ends() {
        rig.isOnCall("l1", "alice", PAGER);
        rig.page(rig.opened(), 1);
        Notification due = rig.claims.due("pagerduty", rig.now(), 1).get(0);
        assertThat(rig.claims.claim(due, rig.now().plus(Sending.LEASE))).isPresent();

        assertThat(rig.sendAll()).isZero();
        rig.passAndSend(Sending.LEASE);

        assertThat(rig.states()).containsExactly("pagerduty PAGE SENT");
        assertThat(rig.rows().get(0).attempts()).isEqualTo(2);
    }
}
