package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

class InboxWriterTest {
    private static final byte[] BODY = {'x'};

    private final Rig rig = new Rig(Map.of("intake.ack-within", "20s"));
    private final Gate gate = new Gate(rig.transactions);
    private final ExecutorService senders = Executors.newFixedThreadPool(30);

    @AfterEach
    void close() {
        senders.shutdownNow();
        rig.close();
    }

    @Test
    void messages_that_come_while_one_is_committed_share_the_next_commit() throws Exception {
        InboxWriter writer = writer(rig.settings);
        Future<Long> first = senders.submit(() -> writer.store("alertmanager", BODY));
        gate.entered.await();
        List<Future<Long>> others = storeAll(writer, 20, "alertmanager");
        untilWaiting(writer, 20);
        gate.open.release(100);

        first.get();
        for (Future<Long> other : others) {
            other.get();
        }

        assertThat(gate.transactions).hasValue(2);
        writer.stop();
    }

    @Test
    void a_row_that_the_database_refuses_fails_alone() throws Exception {
        InboxWriter writer = writer(rig.settings);
        Future<Long> first = senders.submit(() -> writer.store("alertmanager", BODY));
        gate.entered.await();
        List<Future<Long>> good = storeAll(writer, 5, "alertmanager");
        Future<Long> bad = senders.submit(() -> writer.store("s".repeat(65), BODY));
        untilWaiting(writer, 6);
        gate.open.release(100);

        first.get();
        for (Future<Long> one : good) {
            assertThat(one.get()).isPositive();
        }
        assertThatThrownBy(bad::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(NotStored.class);
        assertThat(stored()).isEqualTo(6);
        writer.stop();
    }

    @Test
    void who_waits_in_vain_is_told_so_and_what_still_waited_is_not_written_later() throws Exception {
        InboxWriter writer = writer(Fixture.settings(Map.of("intake.ack-within", "100ms")));

        assertThatThrownBy(() -> writer.store("alertmanager", BODY)).isInstanceOf(NotStored.class);
        assertThatThrownBy(() -> writer.store("alertmanager", BODY))
                .isInstanceOf(NotStored.class)
                .hasMessageContaining("PT0.1S");
        gate.open.release(100);
        writer.stop();

        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void what_waits_when_the_program_stops_is_written_first() throws Exception {
        InboxWriter writer = writer(rig.settings);
        List<Future<Long>> waiting = storeAll(writer, 3, "alertmanager");
        gate.entered.await();
        gate.open.release(100);

        for (Future<Long> one : waiting) {
            one.get();
        }
        writer.stop();

        assertThat(stored()).isEqualTo(3);
    }

    private List<Future<Long>> storeAll(InboxWriter writer, int times, String source) {
        List<Future<Long>> futures = new ArrayList<>();
        for (int at = 0; at < times; at++) {
            futures.add(senders.submit(() -> writer.store(source, BODY)));
        }
        return futures;
    }

    private static void untilWaiting(InboxWriter writer, int messages) {
        while (writer.waiting() < messages) {
            Thread.onSpinWait();
        }
    }

    private InboxWriter writer(IntakeSettings settings) {
        var writer = new InboxWriter(rig.inbox, gate, rig.signal, rig.pressure, settings, rig.clock);
        writer.start();
        return writer;
    }

    private int stored() {
        return rig.jdbc.sql("select count(*) from inbox").query(Integer.class).single();
    }

    /** Transactions that begin only when they are let in. */
    private static final class Gate implements PlatformTransactionManager {
        private final PlatformTransactionManager real;
        private final CountDownLatch entered = new CountDownLatch(1);
        private final Semaphore open = new Semaphore(0);
        private final AtomicInteger transactions = new AtomicInteger();

        Gate(PlatformTransactionManager real) {
            this.real = real;
        }

        @Override
        public TransactionStatus getTransaction(TransactionDefinition definition) {
            entered.countDown();
            open.acquireUninterruptibly();
            transactions.incrementAndGet();
            return real.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            real.commit(status);
        }

        @Override
        public void rollback(TransactionStatus status) {
            real.rollback(status);
        }
    }
}
