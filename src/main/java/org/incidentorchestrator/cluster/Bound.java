package org.incidentorchestrator.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** What one call of ours may use in all, over all of its requests: time, and bytes that are read. Of one thread at a time. */
final class Bound {
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private final Duration time;
    private final long endsAt;
    private long bytesLeft = MOST_BYTES;

    /** Elapsed time is measured, not told by the clock, which tests and people may set. */
    Bound(Duration time) {
        this.time = time;
        this.endsAt = System.nanoTime() + time.toNanos();
    }

    /** @return nanoseconds, more than 0 */
    long timeLeft() throws TimeoutException {
        long left = endsAt - System.nanoTime();
        if (left <= 0) {
            throw new TimeoutException("no answer within " + time.toMillis() + " ms");
        }
        return left;
    }

    boolean over() {
        return endsAt - System.nanoTime() <= 0;
    }

    void read(long bytes) throws IOException {
        bytesLeft -= bytes;
        if (bytesLeft < 0) {
            throw new IOException("the answer has more than " + MOST_BYTES / 1024 / 1024 + " MiB");
        }
    }
}
