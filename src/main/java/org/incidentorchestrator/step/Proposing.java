package org.incidentorchestrator.step;

import java.time.Clock;
import org.springframework.stereotype.Component;

/** Between a plan and the proposal that people see: what is done is what was proposed, or nothing. */
@Component
class Proposing {
    private final Planning planning;
    private final Proposals proposals;
    private final StepSettings settings;
    private final Clock clock;

    Proposing(Planning planning, Proposals proposals, StepSettings settings, Clock clock) {
        this.planning = planning;
        this.proposals = proposals;
        this.settings = settings;
        this.clock = clock;
    }

    Proposal draft(StepCall call, Planned planned) {
        var plannedAt = planned.context().plannedAt();
        return new Proposal(
                0,
                call.incident(),
                call.runId(),
                call.step(),
                planned.plan().effects().get(0).target().id(),
                Json.write(planned.input()),
                plannedAt,
                plannedAt.plus(settings.proposalExpiry()),
                planned.hash(),
                planned.cluster(),
                planned.clusterName(),
                planned.plan().summary(),
                planned.kubectl(),
                Diff.of(planned.plan().effects()),
                planning.findings(),
                Proposal.Decision.NONE,
                null,
                null,
                false);
    }

    /**
     * Plans the proposed change again, with its stored input and its time of planning.
     *
     * @throws StepFailure when it was not proposed in this run, has expired, or is no longer what would be done
     */
    Planned planAgain(StepCall call) {
        if (call.proposalId().isEmpty()) {
            throw planning.step(call).needsApproval()
                    ? notApproved(call, "and was not even proposed to anybody")
                    : notProposed(call);
        }
        Proposal proposal = proposals
                .find(call.proposalId().getAsLong())
                .filter(found ->
                        found.runId().equals(call.runId()) && found.step().equals(call.step()))
                .orElseThrow(() -> StepFailure.refused(
                        "foreignProposal",
                        "proposal %d is not one of this run for %s"
                                .formatted(call.proposalId().getAsLong(), call.step()),
                        "Propose the change again."));
        // Said early; whether the approval is a valid one is asked in the transaction that writes the intent.
        if (planning.step(call).needsApproval() && proposal.decision() != Proposal.Decision.ACCEPTED) {
            throw notApproved(call, "and nobody has given it");
        }
        if (!clock.instant().isBefore(proposal.expiresAt())) {
            throw planChanged("proposalExpired", "the proposal of %s has expired".formatted(proposal.plannedAt()));
        }
        Planned planned = planning.replan(call, proposal);
        if (!planned.hash().equals(proposal.hash())) {
            throw planChanged(
                    "planChanged",
                    "what was proposed for %s is no longer what would be done".formatted(proposal.target()));
        }
        return planned;
    }

    private static StepFailure notProposed(StepCall call) {
        return StepFailure.refused(
                "notDecided",
                call.step() + " changes the cluster and was not proposed to anybody",
                "Propose it first: ${proposals." + call.step() + "}.");
    }

    private static StepFailure notApproved(StepCall call, String why) {
        return StepFailure.refused(
                "approvalNeeded",
                call.step() + " needs the approval of a second person, " + why,
                "Propose it and have it approved in the task Approve change; if nobody who may is there, level 3 or 4 can break the glass.");
    }

    private static StepFailure planChanged(String reason, String message) {
        return new StepFailure(RefusalCode.PLAN_CHANGED, reason, message, "Look again: it is proposed anew.");
    }
}
