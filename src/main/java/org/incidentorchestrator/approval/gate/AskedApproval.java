package org.incidentorchestrator.approval.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.approval.gate.Approval.Ruling;

/**
 * What a second person was asked about one proposal, and what they said, for whoever reads it afterwards. The seals stay
 * where they are.
 *
 * @param request the id that its whole request is known by: that of the request's first change
 * @param requester who asked: a user id, or {@code incident-orchestrator}
 * @param responder who had the incident then; none when nobody had it
 * @param expiresAt until when it could be approved; @param usableUntil until when what is approved can be done
 * @param answer none while nobody has answered
 */
public record AskedApproval(
        long request,
        long proposal,
        String requester,
        Optional<String> responder,
        String question,
        List<Alternative> alternatives,
        Instant requestedAt,
        Instant expiresAt,
        Instant usableUntil,
        Optional<Answer> answer) {

    /** What a rejection could lead to instead. */
    public record Alternative(String value, String label) {}

    /** @param decision APPROVED, REJECTED, LOOK_AGAIN, BROKEN_GLASS or WITHDRAWN */
    public record Answer(String decision, String by, Instant at, String reason) {
        static Answer of(Ruling ruling) {
            return new Answer(ruling.decision().name(), ruling.by(), ruling.at(), ruling.reason());
        }
    }

    static AskedApproval of(Approval row, long request) {
        return new AskedApproval(
                request,
                row.proposal(),
                row.requester(),
                Optional.of(row.responder()).filter(who -> !who.isEmpty()),
                row.question(),
                Alternatives.of(row.alternatives()).choices().stream()
                        .map(choice -> new Alternative(choice.value(), choice.label()))
                        .toList(),
                row.requestedAt(),
                row.expiresAt(),
                row.usableUntil(),
                row.ruling().map(Answer::of));
    }
}
