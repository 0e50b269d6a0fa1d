package org.incidentorchestrator.incident;

import java.time.Instant;
import java.util.Optional;

/**
 * An incident as its row says: opened by the first alert of its {@link IncidentKey}, closed when its root process ends.
 *
 * @param runbook the key of the procedure it was sent to, once chosen
 * @param target the object it is about, once found
 * @param level how far the ladder has paged: 1 to 4, 5 for everybody
 * @param ladderArmedAt what the ladder's due times are counted from; moved by a re-arming
 * @param ending why nothing more is to be done, while it is still open too
 * @param outcome the word it was closed with, see {@link Outcome}
 * @param reopened how often it came back
 */
public record Incident(
        IncidentNumber number,
        IncidentKey key,
        Severity severity,
        String summary,
        String runbook,
        Target target,
        Instant openedAt,
        int level,
        Instant ladderArmedAt,
        Instant acknowledgedAt,
        String acknowledgedBy,
        Ending ending,
        Instant closedAt,
        Outcome outcome,
        int reopened) {

    public boolean open() {
        return closedAt == null;
    }

    /** Nothing may be changed for an incident that has ended: the trouble is gone, or somebody else has it. */
    public boolean firing() {
        return open() && ending == null;
    }

    public Optional<String> takenBy() {
        return Optional.ofNullable(acknowledgedBy);
    }

    public Optional<Target> foundTarget() {
        return Optional.ofNullable(target);
    }

    public enum Outcome {
        /** The runbook ended resolved and the verification held. */
        RESOLVED_BY_RUNBOOK,
        /** The pager resolved it and the verification agreed. */
        RESOLVED_MEANWHILE,
        RESOLVED_BY_PERSON,
        NOT_AN_INCIDENT,
        CONTINUED_ELSEWHERE,
        /** Its root process was deleted by an administrator. */
        CANCELLED
    }
}
