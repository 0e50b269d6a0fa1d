package org.incidentorchestrator.incident;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 * @param declaredBy who declared it by hand; null when an alert opened it
 * @param heldUntil the end of the maintenance window it was opened in: nobody is paged before; null outside of one
 * @param abort why its run changes nothing more; null while it may
 * @param ladderReached the level that the ladder had reached when it was armed: that one is paged first
 * @param pagedAt the latest page since the ladder was armed; null while there was none
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
        int reopened,
        String declaredBy,
        Instant heldUntil,
        Abort abort,
        int ladderReached,
        Instant pagedAt) {

    /** Why nothing more is changed for it, though it goes on. */
    public record Abort(String by, String reason, Instant at) {
        /** For people: who, when, why. */
        public String inWords() {
            return "%s aborted its run at %s: %s".formatted(by, at.truncatedTo(ChronoUnit.SECONDS), reason);
        }
    }

    public boolean open() {
        return closedAt == null;
    }

    /** Whether somebody has aborted its run: it stays open, people have it. */
    public boolean aborted() {
        return abort != null;
    }

    /** Whether a person has said that nothing more is to be done: nobody is paged for it any more. */
    public boolean endedByPerson() {
        return ending != null && ending.cause().byPerson();
    }

    /** Whether maintenance keeps it from people: nobody is paged for it, nothing is run. */
    public boolean held(Instant now) {
        return heldUntil != null && now.isBefore(heldUntil);
    }

    /** Whether it is over when the pager says so. Whoever declared it may know more than the alerts that joined it. */
    public boolean endsWithItsAlerts() {
        return declaredBy == null || reopened > 0;
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
