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
 * @param firstAcknowledgedAt when somebody first took it since it was opened or came back; kept when it is handed over,
 *     given back or escalated
 * @param acknowledgedAt since when {@code acknowledgedBy} has it; null while nobody has
 * @param ending why nothing more is to be done, while it is still open too
 * @param outcome the word it was closed with, see {@link Outcome}
 * @param reopened how often it came back
 * @param exercise whether it is a game day's: nobody is told of it outside, and it counts nowhere
 * @param declaredBy who declared it by hand; null when an alert opened it
 * @param heldUntil nobody is paged before: the end of the maintenance window it was opened in, or of the wait on its
 *     common cause; null when nothing ever held it
 * @param abort why its run changes nothing more; null while it may
 * @param ladderReached the level that the ladder had reached when it was armed: that one is paged first
 * @param pagedAt the latest page since the ladder was armed; null while there was none
 * @param parent the incident of a common cause that it waits on, or waited on last; null when it never did
 */
public record Incident(
        IncidentNumber number,
        boolean exercise,
        IncidentKey key,
        Severity severity,
        String summary,
        String runbook,
        Target target,
        Instant openedAt,
        int level,
        Instant ladderArmedAt,
        Instant firstAcknowledgedAt,
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
        Instant pagedAt,
        IncidentNumber parent) {

    /** As its row would be if it was opened then; it has the number of none. */
    public static Incident foreseen(
            IncidentKey key, Severity severity, String summary, Instant now, Instant heldUntil) {
        return new Incident(
                new IncidentNumber(Long.MAX_VALUE),
                false,
                key,
                severity,
                summary,
                null,
                null,
                now,
                1,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                heldUntil,
                null,
                1,
                null,
                null);
    }

    /** Why nothing more is changed for it, though it goes on. */
    public record Abort(String by, String reason, Instant at) {
        /** For people: who, when, why. */
        public String inWords() {
            return "%s aborted its run at %s: %s".formatted(by, at.truncatedTo(ChronoUnit.SECONDS), reason);
        }
    }

    /** What every sentence about an exercise begins with. */
    public static final String EXERCISE = "EXERCISE";

    /** {@code EXERCISE: } before what is said of an exercise; nothing before what is real. */
    public String stamp() {
        return exercise ? EXERCISE + ": " : "";
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

    /** Whether maintenance, or the wait on a common cause, keeps it from people: nobody is paged for it, nothing is run. */
    public boolean held(Instant now) {
        return heldUntil != null && now.isBefore(heldUntil);
    }

    /** Whether it waits on the incident of a common cause: that one is worked on first. */
    public boolean waits(Instant now) {
        return open() && parent != null && held(now);
    }

    /** Whether it is one that others wait on. */
    public boolean isCommonCause() {
        return key.alertName().equals(CommonCause.ALERT);
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
        /** Planned work: the procedure came to its end. */
        WORK_DONE,
        /** Planned work: the procedure was gone through, and nothing was changed. */
        WORK_REHEARSED,
        /** Planned work: a person, a check or the end of the window decided not to go on. */
        WORK_ABANDONED,
        /** Its root process was deleted by an administrator. */
        CANCELLED
    }
}
