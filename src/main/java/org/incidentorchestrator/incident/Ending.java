package org.incidentorchestrator.incident;

import java.time.Instant;

/**
 * Why nothing more is to be done about an incident: a fact in its row, which every change asks before it acts.
 *
 * @param by the paging system's name, or the person's user id
 * @param reason in the person's words; empty when the pager said it
 */
public record Ending(Cause cause, String by, String reason, Instant at) {
    public enum Cause {
        /** The paging system sent the last alert's resolve. It is believed once the verification agrees. */
        PAGER_RESOLVED,
        PERSON_RESOLVED,
        NOT_AN_INCIDENT,
        CONTINUED_ELSEWHERE;

        public boolean byPerson() {
            return this != PAGER_RESOLVED;
        }
    }
}
