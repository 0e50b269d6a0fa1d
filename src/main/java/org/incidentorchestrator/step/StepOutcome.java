package org.incidentorchestrator.step;

import java.time.Duration;

/** What became of a call: what the engine's edge has to do about it. */
public sealed interface StepOutcome {
    /** @param assumed that it was rehearsed only: never counts as verified */
    record Done(Record output, boolean assumed) implements StepOutcome {}

    /** Becomes a BPMN error: the model decides. */
    record Refused(RefusalCode code, String reason, String message, String remedy) implements StepOutcome {
        /** As people read it: two sentences, though not every message ends with a full stop. */
        public String told() {
            return message + (message.endsWith(".") ? " " : ". ") + remedy;
        }
    }

    /**
     * Conflict, throttled, unreachable: again with back-off; then a person.
     *
     * @param unanswered that the cluster is away: it may come back after any time, so this is never given up
     */
    record Retry(String message, Throwable cause, boolean unanswered) implements StepOutcome {
        Retry(String message, Throwable cause) {
            this(message, cause, false);
        }
    }

    /** No permit for a cluster call, or nothing is sent to a silent one: again after the delay, spending no retry. */
    record Reschedule(Duration delay) implements StepOutcome {}

    /** Forbidden, bad input, bug: no retry, a person at once. */
    record Fault(String message, Throwable cause) implements StepOutcome {}
}
