package org.incidentorchestrator.approval.gate;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.incidentorchestrator.approval.gate.Approval.Decision;
import org.incidentorchestrator.approval.gate.Approval.Ruling;
import org.incidentorchestrator.step.Proposal;

/**
 * A request for approval as people read it: all of it, uncut. What it does not have yet is left out.
 *
 * @param id by which it is decided
 * @param state open, expired, approved, rejected, lookAgain, brokenGlass or withdrawn
 * @param askedBy a user id, or {@code incident-orchestrator}; @param responder who had the incident then
 * @param expiresAt until when it can be approved; @param usableUntil until when what is approved can be done
 * @param alternatives what a rejection has to name one of; none where it leads nowhere else
 */
public record ApprovalRequest(
        long id,
        String incident,
        String state,
        String question,
        String mode,
        String askedBy,
        String responder,
        Instant askedAt,
        Instant expiresAt,
        Instant usableUntil,
        List<String> alternatives,
        List<Change> changes,
        String decidedBy,
        Instant decidedAt,
        String reason) {

    /** @param cluster uid of kube-system; @param hash what the approval is bound to; @param used whether it was done */
    public record Change(
            long proposal,
            String step,
            String target,
            String summary,
            String cluster,
            String clusterName,
            String hash,
            Instant plannedAt,
            String kubectl,
            String diff,
            String findings,
            boolean used) {
        static Change of(Approval approval, Proposal proposal) {
            return new Change(
                    proposal.id(),
                    proposal.step(),
                    proposal.target(),
                    proposal.summary(),
                    proposal.cluster(),
                    proposal.clusterName(),
                    approval.hash(),
                    proposal.plannedAt(),
                    proposal.kubectl(),
                    proposal.diff(),
                    proposal.findings(),
                    approval.used());
        }
    }

    static ApprovalRequest of(Approval first, List<Change> changes, Instant now) {
        Optional<Ruling> ruling = first.ruling();
        return new ApprovalRequest(
                first.id(),
                first.incident().toString(),
                ruling.map(Ruling::decision).map(ApprovalRequest::word).orElse(first.expired(now) ? "expired" : "open"),
                first.question(),
                first.mode(),
                first.requester(),
                first.responder().isEmpty() ? null : first.responder(),
                first.requestedAt(),
                first.expiresAt(),
                first.usableUntil(),
                Alternatives.of(first.alternatives()).choices().stream()
                        .map(Alternatives.Choice::value)
                        .toList(),
                changes,
                ruling.map(Ruling::by).orElse(null),
                ruling.map(Ruling::at).orElse(null),
                ruling.map(Ruling::reason).orElse(null));
    }

    /** {@code LOOK_AGAIN} as {@code lookAgain}. */
    static String word(Decision decision) {
        String[] parts = decision.name().toLowerCase(Locale.ROOT).split("_");
        return parts.length == 1
                ? parts[0]
                : parts[0] + parts[1].substring(0, 1).toUpperCase(Locale.ROOT) + parts[1].substring(1);
    }
}
