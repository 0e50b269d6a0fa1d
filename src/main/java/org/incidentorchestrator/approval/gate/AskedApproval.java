package org.incidentorchestrator.approval.gate;

import java.time.Instant;
import java.util.Optional;

/**
 * What a second person was asked about one proposal, and what became of it, for whoever reads it afterwards.
 *
 * @param id of this row; @param first the id by which the request that it belongs to is known
 * @param requester who asked: a user id, or {@code incident-orchestrator}
 * @param answer none while nobody has answered
 */
public record AskedApproval(
        long id,
        long first,
        long proposal,
        String requester,
        String question,
        Instant requestedAt,
        Instant expiresAt,
        Optional<Answer> answer) {

    /** @param decision APPROVED, REJECTED, LOOK_AGAIN, BROKEN_GLASS or WITHDRAWN */
    public record Answer(String decision, String by, Instant at, String reason) {}
}
