package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.incidentorchestrator.approval.gate.AskedApproval;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.step.Proposal;
import org.incidentorchestrator.step.RecordedEffect;

/** What was proposed for an incident, oldest first: who decided, who approved, and what came of it. */
record ProposalsView(List<ProposalView> proposals) {
    private static final Set<Kind> RESULTS =
            Set.of(Kind.STEP_APPLIED, Kind.STEP_REHEARSED, Kind.STEP_FAILED, Kind.STEP_UNKNOWN);

    /**
     * @param hash what a decision and an approval are bound to
     * @param decision accepted or declined; with who and when left out while nobody has decided
     * @param approval left out where no second person was asked @param used left out while nothing has acted on it
     */
    record ProposalView(
            long id,
            String step,
            String target,
            String summary,
            List<String> kubectl,
            String diff,
            String findings,
            Instant plannedAt,
            Instant expiresAt,
            String hash,
            String decision,
            String decidedBy,
            Instant decidedAt,
            ApprovalView approval,
            UsedView used) {}

    /**
     * How it was carried out: of several effects the worst, see {@link RecordedEffect#worse}.
     *
     * @param entry the timeline's entry of the result; left out while there is none
     * @param state applied, rehearsed, abandoned, failed, intended or unknown
     */
    record UsedView(Long entry, String state, Instant at) {}

    /**
     * @param used the worst effect of each proposal that was acted on
     * @param asked the approvals by proposal
     * @param entries of the incident's record, at the elements that acted
     * @param redact takes secrets out of a text
     */
    static ProposalsView of(
            List<Proposal> proposals,
            Map<Long, RecordedEffect> used,
            Map<Long, AskedApproval> asked,
            List<Recorded> entries,
            UnaryOperator<String> redact) {
        return new ProposalsView(proposals.stream()
                .map(proposal -> view(
                        proposal,
                        Optional.ofNullable(asked.get(proposal.id())),
                        Optional.ofNullable(used.get(proposal.id())).map(effect -> used(effect, entries)),
                        redact))
                .toList());
    }

    private static ProposalView view(
            Proposal proposal, Optional<AskedApproval> asked, Optional<UsedView> used, UnaryOperator<String> redact) {
        return new ProposalView(
                proposal.id(),
                proposal.step(),
                proposal.target(),
                redact.apply(proposal.summary()),
                redact.apply(proposal.kubectl()).lines().toList(),
                redact.apply(proposal.diff()),
                redact.apply(proposal.findings()),
                proposal.plannedAt(),
                proposal.expiresAt(),
                proposal.hash(),
                proposal.decision() == Proposal.Decision.NONE ? null : IncidentView.word(proposal.decision()),
                proposal.decidedBy(),
                proposal.decidedAt(),
                asked.map(approval -> ApprovalView.of(approval, redact)).orElse(null),
                used.orElse(null));
    }

    private static UsedView used(RecordedEffect effect, List<Recorded> entries) {
        return new UsedView(
                entry(effect, entries).map(Recorded::id).orElse(null), IncidentView.word(effect.became()), effect.at());
    }

    /** The result is written into the ledger, and then into the record, in one transaction. */
    private static Optional<Recorded> entry(RecordedEffect effect, List<Recorded> entries) {
        return entries.stream()
                .filter(entry -> RESULTS.contains(entry.kind())
                        && entry.activity().equals(effect.activity())
                        && effect.step().equals(entry.details().get("step"))
                        && !entry.at().isBefore(effect.at()))
                .findFirst();
    }
}
