package org.incidentorchestrator.step;

import java.time.Duration;

/** What became of a call: what the engine's edge has to do about it. */
public sealed interface StepOutcome {
    /** @param assumed that it was rehearsed only: never counts as verified */
    record Done(Record output, boolean assumed) implements StepOutcome {}

    /** Becomes a BPMN error: the model decides. */
    record Refused(RefusalCode code, String reason, String message, String remedy) implements StepOutcome {}

    /** Conflict, throttled, unreachable: again with back-off; then a person. */
    record Retry(String message, Throwable cause) implements StepOutcome {}

    /** No permit for a cluster call: again after the delay, without spending a retry. */
    record Reschedule(Duration delay) implements StepOutcome {}

    /** Forbidden, bad input, bug: no retry, a person at once. */
    record Fault(String message, Throwable cause) implements StepOutcome {}
}
