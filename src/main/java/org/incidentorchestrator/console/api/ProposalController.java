package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidentorchestrator.approval.gate.ApprovalDesk;
import org.incidentorchestrator.evidence.Redaction;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.EffectHistory;
import org.incidentorchestrator.step.Proposals;
import org.incidentorchestrator.step.RecordedEffect;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Each change that was proposed for an incident, from its plan to its result. */
@RestController
@Tag(name = "Proposals", description = "What was proposed, who decided, who approved, and what came of it")
final class ProposalController {
    private final Incidents incidents;
    private final Proposals proposals;
    private final EffectHistory history;
    private final ApprovalDesk approvals;
    private final Timeline timeline;
    private final Redaction redaction;

    ProposalController(
            Incidents incidents,
            Proposals proposals,
            EffectHistory history,
            ApprovalDesk approvals,
            Timeline timeline,
            Redaction redaction) {
        this.incidents = incidents;
        this.proposals = proposals;
        this.history = history;
        this.approvals = approvals;
        this.timeline = timeline;
        this.redaction = redaction;
    }

    @GetMapping("/api/incidents/{incident}/proposals")
    @Operation(summary = "What was proposed, oldest first: the exact change, the decision, the approval, the result")
    ProposalsView proposals(@PathVariable IncidentNumber incident) {
        incidents.find(incident).orElseThrow(() -> NotThere.incident(incident));
        Map<Long, RecordedEffect> used = used(incident);
        Set<String> elements =
                used.values().stream().map(RecordedEffect::activity).collect(Collectors.toSet());
        return ProposalsView.of(
                proposals.of(incident),
                used,
                approvals.of(incident),
                timeline.at(incident, elements),
                redaction::apply);
    }

    private Map<Long, RecordedEffect> used(IncidentNumber incident) {
        return history.effects(incident).stream()
                .filter(effect -> effect.proposal().isPresent())
                .collect(Collectors.toMap(
                        effect -> effect.proposal().getAsLong(), Function.identity(), RecordedEffect::worse));
    }
}
