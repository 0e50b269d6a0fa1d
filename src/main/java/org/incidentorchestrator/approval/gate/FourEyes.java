package org.incidentorchestrator.approval.gate;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.Proposal;
import org.incidentorchestrator.step.Proposals;
import org.springframework.stereotype.Component;

/**
 * Who may approve: a member of {@code approver} now, who has not asked for it, does not have the incident and did not have
 * it when it was asked, did not declare it, and has answered none of its questions.
 */
@Component
class FourEyes {
    static final String APPROVER = "approver";

    private final Membership membership;
    private final ApprovalSettings settings;
    private final Incidents incidents;
    private final Proposals proposals;
    private final Timeline timeline;

    FourEyes(
            Membership membership,
            ApprovalSettings settings,
            Incidents incidents,
            Proposals proposals,
            Timeline timeline) {
        this.membership = membership;
        this.settings = settings;
        this.incidents = incidents;
        this.proposals = proposals;
        this.timeline = timeline;
    }

    boolean approver(String person) {
        return membership.of(person).contains(APPROVER);
    }

    boolean mayBreakGlass(String person) {
        return membership.of(person).stream().anyMatch(settings.breakGlass()::contains);
    }

    /** Whether the person may answer at all: who may approve, with a second person or without one. */
    boolean mayAnswer(String person) {
        return approver(person) || mayBreakGlass(person);
    }

    /** What makes this person the first one and not the second; empty for a second one. */
    Optional<String> involvement(String person, List<Approval> asked) {
        for (Approval one : asked) {
            Incident incident = incidents.get(one.incident());
            if (Subject.same(person, one.requester()) || accepted(one).anyMatch(by -> Subject.same(person, by))) {
                return Optional.of("asked for it");
            }
            if (Subject.same(person, one.responder())
                    || incident.takenBy().filter(by -> Subject.same(person, by)).isPresent()) {
                return Optional.of("has " + one.incident() + ", or had it when this was asked");
            }
            if (incident.declaredBy() != null && Subject.same(person, incident.declaredBy())) {
                return Optional.of("declared " + one.incident());
            }
        }
        return answered(asked).stream().anyMatch(by -> Subject.same(person, by))
                ? Optional.of("has answered a question of the incident as its responder")
                : Optional.empty();
    }

    private Stream<String> accepted(Approval asked) {
        return proposals.find(asked.proposal()).map(Proposal::decidedBy).stream();
    }

    private Set<String> answered(List<Approval> asked) {
        Set<String> actors = new HashSet<>();
        asked.forEach(one -> actors.addAll(timeline.actors(one.incident(), Entry.Kind.DECIDED)));
        return actors;
    }
}
