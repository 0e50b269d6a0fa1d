package org.incidentorchestrator.incident;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether webhooks are being acknowledged in a storm: written by intake, asked by whoever can wait a moment so that
 * acknowledgements do not, the engine's job acquisition above all. A steady trickle is no pressure.
 */
public final class IntakePressure {
    /** So many within {@link #WINDOW} are a storm: more than 300 a second. */
    private static final int MANY = 32;

    private static final long WINDOW = Duration.ofMillis(100).toNanos();
    private static final long PAUSE = Duration.ofMillis(5).toNanos();

    private final AtomicLongArray latest = new AtomicLongArray(MANY);
    private final AtomicLong count = new AtomicLong();

    /** @param nanos of a monotonic clock, as {@link System#nanoTime()} */
    public void acknowledged(int messages, long nanos) {
        for (int message = 0; message < Math.min(messages, MANY); message++) {
            latest.set((int) (count.getAndIncrement() % MANY), nanos);
        }
    }

    public boolean high(long nanos) {
        long so = count.get();
        return so >= MANY && nanos - latest.get((int) (so % MANY)) < WINDOW;
    }

    /** Holds the calling thread back while the pressure is high, and never longer than given. Not for a job thread. */
    public void giveWay(Duration most) {
        long begin = System.nanoTime();
        for (long now = begin; high(now) && now - begin < most.toNanos(); now = System.nanoTime()) {
            LockSupport.parkNanos(PAUSE);
        }
    }
}
