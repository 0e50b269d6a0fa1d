package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.incidentorchestrator.approval.gate.ApprovalFate;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.step.Proposal;
import org.incidentorchestrator.step.ProposalFate;
import org.incidentorchestrator.step.ProposalFate.Use;

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
            ApprovalFate approval,
            UsedView used) {}

    /** @param entry the timeline's entry of the result @param state applied, rehearsed, failed, unknown … */
    record UsedView(Long entry, String state, Instant at) {}

    /** @param entries of the incident's record, at the elements that acted @param redact takes secrets out of a text */
    static ProposalsView of(
            List<ProposalFate> proposals,
            List<ApprovalFate> approvals,
            List<Recorded> entries,
            UnaryOperator<String> redact) {
        Map<Long, ApprovalFate> asked =
                approvals.stream().collect(Collectors.toMap(ApprovalFate::proposal, Function.identity()));
        return new ProposalsView(proposals.stream()
                .map(fate -> view(fate, asked.get(fate.proposal().id()), entries, redact))
                .toList());
    }

    private static ProposalView view(
            ProposalFate fate, ApprovalFate approval, List<Recorded> entries, UnaryOperator<String> redact) {
        Proposal proposal = fate.proposal();
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
                fate.decidedAt(),
                approval,
                fate.use().map(use -> used(use, proposal, entries)).orElse(null));
    }

    private static UsedView used(Use use, Proposal proposal, List<Recorded> entries) {
        return new UsedView(
                entry(use, proposal, entries).map(Recorded::id).orElse(null), IncidentView.word(use.state()), use.at());
    }

    /** The result is written into the ledger, and then into the record, in one transaction. */
    private static Optional<Recorded> entry(Use use, Proposal proposal, List<Recorded> entries) {
        return entries.stream()
                .filter(entry -> RESULTS.contains(entry.kind())
                        && entry.activity().equals(use.activity())
                        && proposal.step().equals(entry.details().get("step"))
                        && !entry.at().isBefore(use.at()))
                .findFirst();
    }
}
