package org.incidentorchestrator.runbook.history;

import java.time.Instant;
import org.incidentorchestrator.runbook.Runbooks;

/**
 * A process instance that ran, or runs, for an incident.
 *
 * @param parent the instance that called it; null for one that nobody called
 * @param calledBy the element of the call activity there
 * @param definition the engine's id of the model's version
 * @param name the model's, or its key where the engine no longer has the model
 * @param version as the engine counts; null where it no longer has the model
 * @param versionTag the release that the model is of; null for none
 * @param endedAt null while it runs
 */
public record RunInstance(
        String id,
        String parent,
        String calledBy,
        String definition,
        String key,
        String name,
        Integer version,
        String versionTag,
        Runbooks.Kind kind,
        State state,
        Instant startedAt,
        Instant endedAt) {

    public enum State {
        RUNNING,
        COMPLETED,
        /** Deleted, by an administrator or by the process that called it. */
        CANCELLED;

        /** @param engine the engine's word for it */
        static State of(String engine) {
            return switch (engine) {
                case "COMPLETED" -> COMPLETED;
                case "EXTERNALLY_TERMINATED", "INTERNALLY_TERMINATED" -> CANCELLED;
                default -> RUNNING;
            };
        }
    }

    /** Whether it ran at that moment. */
    boolean ranAt(Instant at) {
        return !at.isBefore(startedAt) && (endedAt == null || !at.isAfter(endedAt));
    }
}
