package org.incidentorchestrator.approval.gate;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;

/**
 * What a second person is asked about one proposal, and what became of it, as a stored row.
 *
 * @param request the process instance that asks: all rows of a request are decided together
 * @param mode of the run: the approval of a rehearsal executes nothing
 * @param cluster uid of kube-system, empty for a script of the machine; @param hash of the proposal
 * @param requester who asked: a user id, or {@code incident-orchestrator}
 * @param responder who had the incident when it was asked; empty when nobody had it
 * @param expiresAt until when it can be approved; @param usableUntil until when what is approved can be done
 * @param requestMac the seal of all of the above; @param ruling none while nobody has decided
 */
record Approval(
        long id,
        String request,
        long proposal,
        IncidentNumber incident,
        String runId,
        String mode,
        String cluster,
        String hash,
        String requester,
        String responder,
        String question,
        String alternatives,
        Instant requestedAt,
        Instant expiresAt,
        Instant usableUntil,
        String requestMac,
        Optional<Ruling> ruling,
        boolean used) {

    enum Decision {
        APPROVED,
        REJECTED,
        LOOK_AGAIN,
        /** Approved without a second person. */
        BROKEN_GLASS,
        /** It is no longer asked: the alert has ended, or the run was aborted. */
        WITHDRAWN;

        boolean permits() {
            return this == APPROVED || this == BROKEN_GLASS;
        }
    }

    /** @param mac the seal of the request and of this */
    record Ruling(Decision decision, String by, Instant at, String reason, String mac) {
        Ruling sealed(String mac) {
            return new Ruling(decision, by, at, reason, mac);
        }
    }

    boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
