package org.incidentorchestrator.approval.gate;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.approval.gate.Approval.Decision;
import org.incidentorchestrator.approval.gate.Approval.Ruling;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.step.Proposal;
import org.incidentorchestrator.step.Proposals;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The one place where a request for approval is decided, however the answer came; in the caller's transaction. */
@Component
class ApprovalDecisions {
    private final Approvals approvals;
    private final Proposals proposals;
    private final AnswerGuard guard;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApprovalDecisions(
            Approvals approvals,
            Proposals proposals,
            AnswerGuard guard,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.approvals = approvals;
        this.proposals = proposals;
        this.guard = guard;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Decides all that a request asks, or nothing of it.
     *
     * @param person who is authenticated: never an assignee, never what a form says
     * @return a sentence about it
     * @throws ApprovalRefused when this person may not say so, or not any more; that is on the record then
     */
    String decide(String request, String person, ApprovalAnswer answer) {
        List<Approval> asked = approvals.lockRequest(request);
        guard.check(asked, person, answer);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (Approval one : asked) {
            approvals.decide(one, new Ruling(answer.decision(), person, now, answer.reason(), ""));
            Proposal.Decision word =
                    answer.decision().permits() ? Proposal.Decision.ACCEPTED : Proposal.Decision.DECLINED;
            proposals.decide(one.proposal(), word, person, now);
        }
        return told(asked, person, answer);
    }

    private String told(List<Approval> asked, String person, ApprovalAnswer answer) {
        Approval first = asked.get(0);
        String text = person + " " + word(answer.decision()) + ": " + first.question()
                + (answer.alternative().isEmpty() ? "" : " Instead: " + answer.alternative() + ".")
                + (answer.reason().isEmpty() ? "" : " (" + answer.reason() + ")");
        boolean glass = answer.decision() == Decision.BROKEN_GLASS;
        evidence.append(Entry.of(
                        glass ? Entry.Kind.GLASS_BROKEN : Entry.Kind.APPROVAL_DECIDED, first.incident(), person, text)
                .at("userTask_approveChange")
                .with(Map.of(
                        "approvals", asked.stream().map(Approval::id).toList(),
                        "proposals", asked.stream().map(Approval::proposal).toList(),
                        "decision", answer.decision().name(),
                        "mode", first.mode())));
        if (glass) {
            events.publishEvent(new GlassBroken(first.id(), first.incident(), person, first.question()));
        }
        return text;
    }

    private static String word(Decision decision) {
        return switch (decision) {
            case APPROVED -> "approved";
            case REJECTED -> "rejected";
            case LOOK_AGAIN -> "has it looked at again";
            case BROKEN_GLASS -> "broke the glass and approved alone";
            case WITHDRAWN -> "withdrew";
        };
    }
}
