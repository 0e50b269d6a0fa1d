package org.incidentorchestrator.notify;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes the senders when something was committed, so that no page waits for a poll. */
@Component
final class OutboxSignal {
    private final Phaser wakings = new Phaser(1);

    void wake() {
        wakings.arrive();
    }

    /** Once the transaction of the caller is committed; now where there is none. */
    void wakeAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake();
            }
        });
    }

    /** What {@link #await} wants to know: taken before looking, so that no waking is missed in between. */
    int seen() {
        return wakings.getPhase();
    }

    /** Returns when woken since {@code seen}, or after the time. */
    void await(int seen, Duration most) {
        try {
            wakings.awaitAdvanceInterruptibly(seen, most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException nothing) {
            // Somebody else may have left something.
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a sender", e);
        }
    }
}
