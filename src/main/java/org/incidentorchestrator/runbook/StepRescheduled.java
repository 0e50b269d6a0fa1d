package org.incidentorchestrator.runbook;

import java.time.Duration;

/** A step that may send nothing to the cluster now: its job comes again, and has lost no retry. */
final class StepRescheduled extends RuntimeException {
    private final Duration delay;

    StepRescheduled(Duration delay) {
        super("nothing can be sent to the cluster now; again in " + delay, null, false, false);
        this.delay = delay;
    }

    Duration delay() {
        return delay;
    }
}
