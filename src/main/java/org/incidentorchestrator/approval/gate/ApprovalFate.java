package org.incidentorchestrator.approval.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.approval.gate.Approval.Ruling;

/**
 * What a second person was asked about one proposal, and what they said. The seals stay where they are.
 *
 * @param requester who asked: a user id, or {@code incident-orchestrator}
 * @param responder who had the incident then; null when nobody had it
 * @param expiresAt until when it could be approved; @param usableUntil until when what is approved can be done
 * @param decision approved, rejected, lookAgain, brokenGlass or withdrawn; with those below null while nobody has decided
 */
public record ApprovalFate(
        long proposal,
        String requester,
        String responder,
        String question,
        List<Alternative> alternatives,
        Instant requestedAt,
        Instant expiresAt,
        Instant usableUntil,
        String decision,
        String decidedBy,
        Instant decidedAt,
        String reason) {

    /** What a rejection could lead to instead. */
    public record Alternative(String value, String label) {}

    static ApprovalFate of(Approval asked) {
        Optional<Ruling> ruling = asked.ruling();
        return new ApprovalFate(
                asked.proposal(),
                asked.requester(),
                asked.responder().isEmpty() ? null : asked.responder(),
                asked.question(),
                Alternatives.of(asked.alternatives()).choices().stream()
                        .map(choice -> new Alternative(choice.value(), choice.label()))
                        .toList(),
                asked.requestedAt(),
                asked.expiresAt(),
                asked.usableUntil(),
                ruling.map(Ruling::decision).map(ApprovalRequest::word).orElse(null),
                ruling.map(Ruling::by).orElse(null),
                ruling.map(Ruling::at).orElse(null),
                ruling.map(Ruling::reason).orElse(null));
    }
}
