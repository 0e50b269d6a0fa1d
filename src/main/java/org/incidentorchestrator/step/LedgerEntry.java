package org.incidentorchestrator.step;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;

/**
 * One row of the ledger: one effect of one visit at a step, or a look's result.
 *
 * @param key what a retry finds it by
 * @param deed what is sent, with the mark that it is recognised by; empty for a look
 */
record LedgerEntry(
        long id,
        Key key,
        IncidentNumber incident,
        String runId,
        String step,
        Mode mode,
        State state,
        Optional<Deed> deed,
        String kubectl,
        Instant plannedAt,
        String output,
        String note) {

    /** The same row, fenced anew. */
    LedgerEntry against(String fence) {
        return new LedgerEntry(
                id,
                key,
                incident,
                runId,
                step,
                mode,
                state,
                deed.map(sent -> sent.against(fence)),
                kubectl,
                plannedAt,
                output,
                note);
    }

    /** Unique in the database; stable over retries of the job, new on each visit. */
    record Key(String jobId, String activityId, int loopCounter, int ordinal) {
        static Key of(StepCall call, int ordinal) {
            return new Key(call.jobId(), call.activityId(), call.loopCounter(), ordinal);
        }

        /** The value of our annotation on the object: whoever finds it there knows that this effect was applied. */
        String mark() {
            return Digest.sha256(jobId + "\n" + activityId + "\n" + loopCounter + "\n" + ordinal)
                    .substring(0, 20);
        }
    }

    enum State {
        LOOKED,
        /** Committed before it is sent. */
        INTENT,
        APPLIED,
        /** Found applied by a later look, because nobody heard the answer. */
        APPLIED_RECOVERED,
        REHEARSED,
        /** The API server refused it: nothing was changed. */
        FAILED,
        /** Nobody can tell whether it was applied. */
        UNKNOWN,
        /** Its run was cancelled before it was sent, or before it arrived: nothing was changed. */
        ABANDONED;

        boolean changed() {
            return this == APPLIED || this == APPLIED_RECOVERED;
        }
    }
}
