package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.incidentorchestrator.approval.gate.AskedApproval;
import org.incidentorchestrator.approval.gate.AskedApproval.Answer;

/**
 * What a second person was asked about one proposal, and what they said.
 *
 * @param requester who asked: a user id, or {@code incident-orchestrator}
 * @param responder who had the incident then; left out when nobody had it
 * @param expiresAt until when it could be approved; @param usableUntil until when what is approved can be done
 * @param decision approved, rejected, lookAgain, brokenGlass or withdrawn; left out while nobody has decided, as are by
 *     whom, when and why
 */
record ApprovalView(
        String requester,
        String responder,
        String question,
        List<AskedApproval.Alternative> alternatives,
        Instant requestedAt,
        Instant expiresAt,
        Instant usableUntil,
        String decision,
        String decidedBy,
        Instant decidedAt,
        String reason) {

    /** @param redact takes secrets out of a text */
    static ApprovalView of(AskedApproval asked, UnaryOperator<String> redact) {
        Optional<Answer> answer = asked.answer();
        return new ApprovalView(
                asked.requester(),
                asked.responder().orElse(null),
                redact.apply(asked.question()),
                asked.alternatives(),
                asked.requestedAt(),
                asked.expiresAt(),
                asked.usableUntil(),
                answer.map(Answer::decision).map(IncidentView::word).orElse(null),
                answer.map(Answer::by).orElse(null),
                answer.map(Answer::at).orElse(null),
                answer.map(Answer::reason).map(redact).orElse(null));
    }
}
