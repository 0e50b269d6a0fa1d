package org.incidentorchestrator.step;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was about to be sent for an incident, and what became of it.
 *
 * @param visit of the process at the step: what has the same is one change
 * @param activity id of the step's element in its model
 * @param target id of what is changed
 * @param kubectl all of the visit's commands
 * @param proposal that it acted on; empty for a step that needs none
 * @param at when what became of it was known; since when it is open, while nothing is
 * @param note why, where there is something to say; else empty
 * @param leaseUntil when it is to be taken back; empty when it is for good
 */
public record RecordedEffect(
        String visit,
        String activity,
        String step,
        String target,
        String kubectl,
        OptionalLong proposal,
        Became became,
        Instant at,
        String note,
        Optional<Instant> leaseUntil) {

    /** The worst of a change's effects is what became of the change: so they are in this order. */
    public enum Became {
        APPLIED,
        REHEARSED,
        /** Its run ended before it was sent, or before it arrived: nothing was changed. */
        ABANDONED,
        /** It was refused: nothing was changed. */
        FAILED,
        /** It was sent, or was about to be, and nothing is known of it yet. */
        INTENDED,
        /** Nobody can tell whether it was made. */
        UNKNOWN
    }

    /** The one that tells what became of a change that both are of. */
    public RecordedEffect worse(RecordedEffect other) {
        return other.became.compareTo(became) > 0 ? other : this;
    }
}
