package org.incidentorchestrator.console.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.approval.gate.ApprovalDesk;
import org.incidentorchestrator.approval.gate.AskedApproval;
import org.incidentorchestrator.evidence.report.ReportedChange;
import org.incidentorchestrator.evidence.report.ReportedChange.Answer;
import org.incidentorchestrator.evidence.report.ReportedChange.Became;
import org.incidentorchestrator.evidence.report.ReportedChange.Decision;
import org.incidentorchestrator.evidence.report.ReportedChange.Part;
import org.incidentorchestrator.evidence.report.ReportedChange.SecondPerson;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.step.EffectHistory;
import org.incidentorchestrator.step.Proposal;
import org.incidentorchestrator.step.Proposals;
import org.incidentorchestrator.step.RecordedEffect;
import org.springframework.stereotype.Component;

/** The changes of an incident, put together from what was proposed, approved and sent. Three queries. */
@Component
final class ReportedChanges {
    private final Proposals proposals;
    private final ApprovalDesk approvals;
    private final EffectHistory history;

    ReportedChanges(Proposals proposals, ApprovalDesk approvals, EffectHistory history) {
        this.proposals = proposals;
        this.approvals = approvals;
        this.history = history;
    }

    /** In the order of their proposals; then what needed none, in the order in which it was sent. */
    List<ReportedChange> of(IncidentNumber incident) {
        Map<Long, List<RecordedEffect>> acted = new LinkedHashMap<>();
        Map<String, List<RecordedEffect>> alone = new LinkedHashMap<>();
        history.effects(incident).forEach(effect -> effect.proposal().stream()
                .mapToObj(id -> acted.computeIfAbsent(id, none -> new ArrayList<>()))
                .findFirst()
                .orElseGet(() -> alone.computeIfAbsent(effect.visit(), none -> new ArrayList<>()))
                .add(effect));
        Map<Long, AskedApproval> asked = approvals.of(incident);
        List<ReportedChange> changes = new ArrayList<>();
        proposals
                .of(incident)
                .forEach(proposal -> changes.add(proposed(
                        proposal,
                        acted.getOrDefault(proposal.id(), List.of()),
                        Optional.ofNullable(asked.get(proposal.id())))));
        alone.values().forEach(effects -> changes.add(unasked(effects)));
        return changes;
    }

    private static ReportedChange proposed(
            Proposal proposal, List<RecordedEffect> effects, Optional<AskedApproval> asked) {
        return new ReportedChange(
                proposal.step(),
                proposal.target(),
                proposal.summary(),
                proposal.kubectl(),
                proposal.diff(),
                parts(effects),
                decision(proposal),
                asked.map(ReportedChanges::secondPerson),
                effects.stream().flatMap(effect -> effect.leaseUntil().stream()).findFirst());
    }

    private static ReportedChange unasked(List<RecordedEffect> effects) {
        RecordedEffect first = effects.get(0);
        return new ReportedChange(
                first.step(),
                first.target(),
                first.step() + " " + first.target(),
                first.kubectl(),
                "",
                parts(effects),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Part> parts(List<RecordedEffect> effects) {
        return effects.stream()
                .map(effect -> new Part(effect.target(), became(effect), effect.at(), effect.note()))
                .toList();
    }

    private static Became became(RecordedEffect effect) {
        return switch (effect.became()) {
            case INTENDED -> Became.UNSETTLED;
            case APPLIED -> Became.APPLIED;
            case REHEARSED -> Became.REHEARSED;
            case FAILED -> Became.FAILED;
            case UNKNOWN -> Became.UNKNOWN;
            case ABANDONED -> Became.ABANDONED;
        };
    }

    private static Optional<Decision> decision(Proposal proposal) {
        return proposal.decision() == Proposal.Decision.NONE
                ? Optional.empty()
                : Optional.of(new Decision(
                        proposal.decision() == Proposal.Decision.ACCEPTED, proposal.decidedBy(), proposal.decidedAt()));
    }

    private static SecondPerson secondPerson(AskedApproval asked) {
        return new SecondPerson(
                asked.request(),
                asked.requester(),
                asked.requestedAt(),
                asked.expiresAt(),
                asked.question(),
                asked.answer()
                        .map(answer -> new Answer(
                                Answer.Word.valueOf(answer.decision()), answer.by(), answer.at(), answer.reason())));
    }
}
