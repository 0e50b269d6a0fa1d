package org.incidentorchestrator.runbook.history;

import java.time.Instant;

/**
 * One time that a token was at an element.
 *
 * @param id the engine's, of its activity instance; null while the element's job has not been done
 * @param scope the activity instance it was in, a subprocess or the whole instance; null where that is not known
 * @param element its id in the model
 * @param around whether it is what lies around all the passes of an element that is done for each of many
 * @param endedAt null while the token is there
 * @param assignee who had the task when it ended; null for what is no task, or nobody's
 * @param called the instance that was called; null for what calls none
 * @param event the element of the event that ended it: the one that came of those that were waited for, or one at its
 *     boundary; null where none did
 */
public record Pass(
        String id,
        String scope,
        String element,
        boolean around,
        State state,
        Instant startedAt,
        Instant endedAt,
        String assignee,
        String called,
        String event) {

    public enum State {
        RUNNING,
        /** Tried in vain until no retry was left; a person has to look. */
        FAILED,
        COMPLETED,
        /** Interrupted, or its instance was deleted. */
        CANCELLED
    }

    /** This pass, as one that an event ended. */
    Pass endedBy(String happened, State ended) {
        return new Pass(id, scope, element, around, ended, startedAt, endedAt, assignee, called, happened);
    }

    boolean endedBy(Instant at) {
        return endedAt != null && !endedAt.isAfter(at);
    }

    /** Whether the token was there at that moment. */
    boolean lasts(Instant at) {
        return !at.isBefore(startedAt) && (endedAt == null || !at.isAfter(endedAt));
    }
}
