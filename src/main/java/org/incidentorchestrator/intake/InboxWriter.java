package org.incidentorchestrator.intake;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.incidentorchestrator.incident.IntakePressure;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores messages, those that come at the same time in one commit: a commit costs the same for one row as for a
 * hundred. A caller has its id only when its row is committed. Its thread is never interrupted: an interrupt closes
 * H2's file.
 */
@Component
final class InboxWriter {
    private static final int AT_ONCE = 100;
    private static final int WAITING = 1_000;

    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING);
    private final Waiting end = new Waiting(null, new CompletableFuture<>());
    private final Thread thread = new Thread(this::run, "inbox-writer");
    private final Inbox inbox;
    private final TransactionTemplate transaction;
    private final InboxSignal signal;
    private final IntakePressure pressure;
    private final IntakeSettings settings;
    private final Clock clock;

    InboxWriter(
            Inbox inbox,
            PlatformTransactionManager transactions,
            InboxSignal signal,
            IntakePressure pressure,
            IntakeSettings settings,
            Clock clock) {
        this.inbox = inbox;
        this.transaction = new TransactionTemplate(transactions);
        this.signal = signal;
        this.pressure = pressure;
        this.settings = settings;
        this.clock = clock;
    }

    /** A caller that has given up has cancelled its answer, and its row is not written any more. */
    private record Waiting(Inbox.Received message, CompletableFuture<Long> id) {}

    @PostConstruct
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** @return the row's id, committed */
    long store(String source, byte[] body) {
        return store(source, body, clock.instant());
    }

    /** @param at since when what it says is known */
    long store(String source, byte[] body, Instant at) {
        var message = new Inbox.Received(source, at, body, Sha256.hex(body));
        var waiting = new Waiting(message, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            throw new NotStored(WAITING + " messages wait to be stored already", null);
        }
        return await(waiting.id());
    }

    boolean accepts() {
        return thread.isAlive() && queue.remainingCapacity() > 0;
    }

    /** How many messages wait for a commit to begin. */
    int waiting() {
        return queue.size();
    }

    private long await(CompletableFuture<Long> id) {
        try {
            return id.get(settings.ackWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (id.cancel(false)) {
                throw new NotStored("the database did not commit it within " + settings.ackWithin(), e);
            }
            return id.join();
        } catch (ExecutionException e) {
            throw new NotStored("the database refused it", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotStored("the program is stopping", e);
        }
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            batch.clear();
            takeSome(batch);
            ended = batch.remove(end);
            batch.removeIf(waiting -> waiting.id().isDone());
            write(List.copyOf(batch));
        }
    }

    private void takeSome(List<Waiting> batch) {
        try {
            batch.add(queue.take());
            queue.drainTo(batch, AT_ONCE - 1);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the inbox writer", e);
        }
    }

    /** One row that the database refuses must not fail the others: after a failure each is tried alone. */
    private void write(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            commit(batch);
        } catch (CannotCreateTransactionException unreachable) {
            batch.forEach(waiting -> waiting.id().completeExceptionally(unreachable));
        } catch (RuntimeException refused) {
            if (batch.size() == 1) {
                batch.get(0).id().completeExceptionally(refused);
            } else {
                batch.forEach(waiting -> write(List.of(waiting)));
            }
        }
    }

    private void commit(List<Waiting> batch) {
        List<Inbox.Received> messages = batch.stream().map(Waiting::message).toList();
        List<Long> ids = transaction.execute(status -> inbox.add(messages));
        pressure.acknowledged(batch.size(), System.nanoTime());
        for (int at = 0; at < batch.size(); at++) {
            batch.get(at).id().complete(ids.get(at));
        }
        signal.wake();
    }

    /** Called after the web server has stopped: what still waits is written, then the thread ends. */
    @PreDestroy
    void stop() throws InterruptedException {
        if (thread.isAlive()) {
            queue.put(end);
            thread.join(TimeUnit.SECONDS.toMillis(30));
        }
    }
}
