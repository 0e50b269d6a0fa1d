package org.incidentorchestrator.step;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was about to be sent for an incident, and what became of it.
 *
 * @param visit of the process at the step: what has the same is one change
 * @param target id of what is changed
 * @param kubectl all of the visit's commands
 * @param proposal that it acted on; empty for a step that needs none
 * @param at when what became of it was known; since when it is open, while nothing is
 * @param note why, where there is something to say; else empty
 * @param leaseUntil when it is to be taken back; empty when it is for good
 */
public record RecordedEffect(
        String visit,
        String step,
        String target,
        String kubectl,
        OptionalLong proposal,
        Became became,
        Instant at,
        String note,
        Optional<Instant> leaseUntil) {

    public enum Became {
        /** Nothing is known of it yet. */
        INTENDED,
        APPLIED,
        REHEARSED,
        FAILED,
        UNKNOWN,
        ABANDONED
    }
}
