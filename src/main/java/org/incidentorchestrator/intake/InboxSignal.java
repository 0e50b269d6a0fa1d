package org.incidentorchestrator.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes the worker when something was committed, so that no alert waits for a poll. */
@Component
final class InboxSignal {
    private final Semaphore something = new Semaphore(0);

    void wake() {
        something.release();
    }

    /** Returns when woken since the last call, or after the time. */
    void await(Duration most) {
        try {
            something.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
            something.drainPermits();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the inbox worker", e);
        }
    }
}
