package org.incidentorchestrator.runbook;

import java.time.Duration;

/** A step that found no free permit for cluster calls: its job comes again, and has lost no retry. */
final class StepRescheduled extends RuntimeException {
    private final Duration delay;

    StepRescheduled(Duration delay) {
        super("all permits for cluster calls are taken; again in " + delay, null, false, false);
        this.delay = delay;
    }

    Duration delay() {
        return delay;
    }
}
