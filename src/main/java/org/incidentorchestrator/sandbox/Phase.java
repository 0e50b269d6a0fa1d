package org.incidentorchestrator.sandbox;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of a container's life in which its status does not change.
 *
 * @param waiting why it does not run, in the kubelet's word; empty while it runs
 * @param startedAt of the running instance, or of the latest; null before the first
 * @param last how the instance before ended; null if there was none
 * @param backOff how long the kubelet waits before it starts the container again
 */
record Phase(
        Instant from, String waiting, boolean ready, int restarts, Instant startedAt, Ended last, Duration backOff) {

    record Ended(Instant startedAt, Instant at, Fate by) {
        int exitCode() {
            return by == Fate.RUNS_OUT_OF_MEMORY ? 137 : 1;
        }

        String reason() {
            return by == Fate.RUNS_OUT_OF_MEMORY ? "OOMKilled" : "Error";
        }
    }

    static Phase creating(Instant from) {
        return new Phase(from, "ContainerCreating", false, 0, null, null, Duration.ZERO);
    }

    boolean running() {
        return waiting.isEmpty();
    }

    Phase waits(Instant at, String reason) {
        return new Phase(at, reason, false, restarts, startedAt, last, Duration.ZERO);
    }

    Phase starts(Instant at) {
        return new Phase(at, "", false, startedAt == null ? 0 : restarts + 1, at, last, Duration.ZERO);
    }

    Phase becomes(Instant at, boolean nowReady) {
        return new Phase(at, "", nowReady, restarts, startedAt, last, Duration.ZERO);
    }

    Phase dies(Instant at, Fate by, Duration waitsFor) {
        return new Phase(at, "CrashLoopBackOff", false, restarts, startedAt, new Ended(startedAt, at, by), waitsFor);
    }

    /** The same, so many restarts later. */
    Phase later(Duration by, int moreRestarts) {
        Ended ended = last == null ? null : new Ended(last.startedAt.plus(by), last.at.plus(by), last.by);
        return new Phase(
                from.plus(by),
                waiting,
                ready,
                restarts + moreRestarts,
                startedAt == null ? null : startedAt.plus(by),
                ended,
                backOff);
    }
}
