package org.incidentorchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.notify.Notification.Draft;
import org.incidentorchestrator.notify.Notification.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Rig rig = new Rig();
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        others.shutdownNow();
        rig.close();
    }

    @Test
    void what_is_there_already_is_not_added_and_the_transaction_goes_on() {
        Draft draft = page();

        rig.database.inTransaction(() -> {
            assertThat(rig.outbox.add(draft, rig.now(), rig.now())).isTrue();
            assertThat(rig.outbox.add(draft, rig.now(), rig.now())).isFalse();
            rig.opened("other", "it goes on");
        });

        assertThat(rig.rows()).hasSize(1);
        assertThat(rig.incidents.list(org.incidentorchestrator.incident.Incidents.Listed.OPEN, null, 9))
                .hasSize(2);
    }

    @Test
    void two_that_add_the_same_at_once_add_one_and_both_commit() throws Exception {
        Draft draft = page();
        CountDownLatch added = new CountDownLatch(1);
        CountDownLatch bothAtIt = new CountDownLatch(1);

        Future<?> first = others.submit(() -> rig.database.inTransaction(() -> {
            rig.outbox.add(draft, rig.now(), rig.now());
            added.countDown();
            await(bothAtIt);
        }));
        await(added);
        Future<Boolean> second = others.submit(() -> {
            boolean[] was = {true};
            rig.database.inTransaction(() -> {
                // The other's row cannot be seen yet: only the unique key knows it.
                bothAtIt.countDown();
                was[0] = rig.outbox.add(draft, rig.now(), rig.now());
                rig.opened("of-the-second", "its transaction goes on");
            });
            return was[0];
        });
        first.get(10, TimeUnit.SECONDS);

        assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(rig.rows()).hasSize(1);
        assertThat(rig.incidents.list(org.incidentorchestrator.incident.Incidents.Listed.OPEN, null, 9))
                .hasSize(2);
    }

    @Test
    void of_two_programs_that_look_at_once_one_gets_it() throws Exception {
        rig.outbox.add(page(), rig.now(), rig.now());
        Notification seen = rig.claims.due("mail", rig.now(), 1).get(0);
        CountDownLatch go = new CountDownLatch(1);
        Callable<Boolean> claim = () -> {
            await(go);
            return rig.claims.claim(seen, rig.now().plus(Sending.LEASE)).isPresent();
        };

        List<Future<Boolean>> claims = List.of(others.submit(claim), others.submit(claim), others.submit(claim));
        go.countDown();
        int got = 0;
        for (Future<Boolean> each : claims) {
            got += each.get(10, TimeUnit.SECONDS) ? 1 : 0;
        }

        assertThat(got).isEqualTo(1);
    }

    @Test
    void who_was_taken_for_dead_settles_nothing() {
        rig.outbox.add(page(), rig.now(), rig.now());
        Notification stale = claimed();
        rig.clock.pass(Sending.LEASE);
        Notification fresh = claimed();

        assertThat(rig.claims.settle(stale, State.FAILED, "late", rig.now())).isFalse();
        assertThat(rig.claims.postpone(stale, rig.now(), "late")).isFalse();
        assertThat(rig.claims.settle(fresh, State.SENT, "", rig.now())).isTrue();
    }

    @Test
    void two_programs_that_share_a_database_send_each_page_once() throws Exception {
        rig.isOnCall("l1", "alice", Rig.PAGER);
        for (int i = 0; i < 30; i++) {
            rig.page(rig.opened("w" + i, "down"), 1);
        }

        Future<Integer> one = others.submit(rig::sendAll);
        Future<Integer> other = others.submit(rig::sendAll);

        assertThat(one.get(60, TimeUnit.SECONDS) + other.get(60, TimeUnit.SECONDS))
                .isEqualTo(30);
        assertThat(rig.pager.all())
                .hasSize(30)
                .extracting(event -> event.path("dedup_key").asText())
                .doesNotHaveDuplicates();
    }

    private Notification claimed() {
        Notification due = rig.claims.due("mail", rig.now(), 1).get(0);
        return rig.claims.claim(due, rig.now().plus(Sending.LEASE)).orElseThrow();
    }

    private Draft page() {
        Incident incident = rig.opened();
        var contact = new org.incidentorchestrator.notify.oncall.Contact(
                "alice", Optional.of("alice"), List.of(Rig.MAIL, Rig.CHAT));
        return rig.drafts.page(incident, 1, rig.now(), List.of(contact)).get(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
