package org.incidentorchestrator.incident;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How busy intake is: written by intake when it acknowledges, read by the engine's job acquisition, which yields to it
 * on a database where the two get in each other's way (H2).
 */
public final class IntakePressure {
    private final AtomicLong lastAcknowledgedNanos = new AtomicLong(Long.MIN_VALUE);

    /** @param nanos of a monotonic clock, as {@link System#nanoTime()} */
    public void acknowledged(long nanos) {
        lastAcknowledgedNanos.set(nanos);
    }

    public boolean within(long nanos, long now) {
        long last = lastAcknowledgedNanos.get();
        return last != Long.MIN_VALUE && now - last < nanos;
    }
}
