package org.incidentorchestrator.approval.gate;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.incidentorchestrator.approval.gate.Approval.Decision;
import org.incidentorchestrator.approval.gate.Approval.Ruling;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.Proposal;
import org.incidentorchestrator.step.Proposals;
import org.incidentorchestrator.step.StepCatalogue;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What a second person is asked, written down; in the caller's transaction. */
@Component
class ApprovalRequests {
    private final Approvals approvals;
    private final Proposals proposals;
    private final Incidents incidents;
    private final StepCatalogue catalogue;
    private final ApprovalSettings settings;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ApprovalRequests(
            Approvals approvals,
            Proposals proposals,
            Incidents incidents,
            StepCatalogue catalogue,
            ApprovalSettings settings,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.approvals = approvals;
        this.proposals = proposals;
        this.incidents = incidents;
        this.catalogue = catalogue;
        this.settings = settings;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What is asked about.
     *
     * @param id of the request; the same is asked once
     * @param proposalIds comma separated
     */
    record Question(
            String id,
            IncidentNumber incident,
            String runId,
            String mode,
            String proposalIds,
            String text,
            String alternatives) {}

    /**
     * Asks, or finds what was asked; holds the incident's row, so that its end is either seen here or comes after.
     *
     * @return empty when it is no longer asked, because the alert has ended or the run was aborted
     */
    Optional<List<Approval>> ask(Question question) {
        Incident incident = incidents.lock(question.incident());
        List<Proposal> wanted = wanted(question);
        List<Approval> asked = approvals.lockRequest(question.id());
        if (!stillAsked(incident, wanted)) {
            withdraw(asked);
            return Optional.empty();
        }
        if (asked.isEmpty()) {
            wanted.forEach(proposal -> approvals.insert(draft(question, incident, proposal, wanted)));
            asked = approvals.ofRequest(question.id());
            record(question, asked);
        }
        return Optional.of(asked);
    }

    private List<Proposal> wanted(Question question) {
        List<Proposal> found = new ArrayList<>();
        for (String id : question.proposalIds().split(",")) {
            OptionalLong number = number(id.strip());
            found.add(proposals
                    .find(number.orElse(0))
                    .filter(proposal -> proposal.runId().equals(question.runId())
                            && proposal.incident().equals(question.incident()))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'%s' is no proposal of this run of %s: proposalIds has to name those that ${proposals.…} gave, comma separated"
                                    .formatted(id, question.incident()))));
        }
        return found;
    }

    private static OptionalLong number(String text) {
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** What gives something back may be done once the alert has ended, but not when a person has ended the incident. */
    private boolean stillAsked(Incident incident, List<Proposal> wanted) {
        boolean givesBack =
                wanted.stream().allMatch(proposal -> catalogue.givingBack().contains(proposal.step()));
        boolean endedByPerson =
                incident.ending() != null && incident.ending().cause().byPerson();
        return incident.open() && !incident.aborted() && (incident.firing() || givesBack && !endedByPerson);
    }

    private Approval draft(Question question, Incident incident, Proposal proposal, List<Proposal> all) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant usableUntil = all.stream()
                .map(Proposal::expiresAt)
                .min(Instant::compareTo)
                .orElseThrow()
                .truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt = now.plus(settings.expiry());
        return new Approval(
                0,
                question.id(),
                proposal.id(),
                question.incident(),
                question.runId(),
                question.mode(),
                proposal.cluster(),
                proposal.hash(),
                proposal.decidedBy() == null ? Entry.SELF : proposal.decidedBy(),
                incident.takenBy().orElse(""),
                question.text(),
                question.alternatives(),
                now,
                expiresAt.isBefore(usableUntil) ? expiresAt : usableUntil,
                usableUntil,
                "",
                Optional.empty(),
                false);
    }

    private void record(Question question, List<Approval> asked) {
        evidence.append(Entry.of(
                        Entry.Kind.APPROVAL_ASKED,
                        question.incident(),
                        asked.get(0).requester(),
                        "a second person is asked until %s: %s"
                                .formatted(asked.get(0).expiresAt().truncatedTo(ChronoUnit.SECONDS), question.text()))
                .at("serviceTask_askForApproval")
                .with(Map.of(
                        "approvals", asked.stream().map(Approval::id).toList(),
                        "proposals", asked.stream().map(Approval::proposal).toList(),
                        "mode", question.mode())));
    }

    private void withdraw(List<Approval> asked) {
        List<Approval> open =
                asked.stream().filter(one -> one.ruling().isEmpty()).toList();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        open.forEach(one -> approvals.decide(
                one,
                new Ruling(Decision.WITHDRAWN, Entry.SELF, now, "the alert has ended, or the run was aborted", "")));
        open.stream()
                .findFirst()
                .ifPresent(one -> evidence.append(Entry.of(
                                Entry.Kind.APPROVAL_DECIDED,
                                one.incident(),
                                Entry.SELF,
                                "no approval is asked for any more: " + one.question())
                        .at("serviceTask_askForApproval")));
    }

    /** Nobody has answered in time: that approves nothing and rejects nothing. */
    void escalate(String request) {
        Approval first = approvals.ofRequest(request).get(0);
        String text = "%s: nobody answered until %s whether this may be done: %s It can only be looked at again now."
                .formatted(first.incident(), first.expiresAt().truncatedTo(ChronoUnit.SECONDS), first.question());
        evidence.append(Entry.of(Entry.Kind.APPROVAL_EXPIRED, first.incident(), Entry.SELF, text)
                .at("serviceTask_tellOfExpiry"));
        events.publishEvent(new Announcement(
                Optional.of(first.incident()),
                Set.of("l3", "l4", FourEyes.APPROVER),
                "approval/" + first.id() + "/expired",
                text,
                Optional.empty()));
    }
}
