package org.incidentorchestrator.approval.gate;

import java.time.Clock;
import org.incidentorchestrator.approval.gate.Approval.Decision;
import org.incidentorchestrator.approval.gate.Approval.Ruling;
import org.incidentorchestrator.step.Permits;
import org.incidentorchestrator.step.Proposal;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepFailure;
import org.springframework.stereotype.Component;

/** The approval of a change, asked for where the change is made, and used up with it. */
@Component
class ApprovalPermit implements Permits {
    private static final String ANEW = "Propose the change anew, and have it approved.";

    private final Approvals approvals;
    private final ApprovalSeal seal;
    private final FourEyes fourEyes;
    private final GateAlarm alarm;
    private final Clock clock;

    ApprovalPermit(Approvals approvals, ApprovalSeal seal, FourEyes fourEyes, GateAlarm alarm, Clock clock) {
        this.approvals = approvals;
        this.seal = seal;
        this.fourEyes = fourEyes;
        this.alarm = alarm;
        this.clock = clock;
    }

    @Override
    public void consume(Proposal proposal, StepCall call, long row) {
        Approval approval = approvals
                .lockProposal(proposal.id())
                .orElseThrow(() -> StepFailure.refused(
                        "approvalNeeded",
                        "%s needs the approval of a second person, and nobody was asked for it"
                                .formatted(proposal.summary()),
                        "Ask for it with approve-change; a responder's decision is not enough."));
        Ruling ruling = verified(approval, proposal, call);
        refuseUnfitPerson(approval, ruling);
        if (!approval.ruling().isPresent() || approval.used() || !approvals.use(approval.id(), row)) {
            throw StepFailure.refused(
                    "approvalUsed", "the approval of %s was used already".formatted(proposal.summary()), ANEW);
        }
    }

    private Ruling verified(Approval approval, Proposal proposal, StepCall call) {
        if (!seal.verifies(approval) || !about(approval, proposal, call)) {
            alarm.forged(approval, Forgery.told(approval));
            throw StepFailure.refused("approvalForged", Forgery.told(approval), ANEW);
        }
        Ruling ruling =
                approval.ruling().filter(given -> given.decision().permits()).orElseThrow(() -> notGiven(approval));
        if (!ruling.at().isBefore(approval.expiresAt()) || !clock.instant().isBefore(approval.usableUntil())) {
            throw StepFailure.refused(
                    "approvalExpired",
                    "the approval of %s could be used until %s".formatted(proposal.summary(), approval.usableUntil()),
                    ANEW);
        }
        return ruling;
    }

    /** Another proposal, run, hash, cluster or mode than the one that was approved: rows were exchanged. */
    private static boolean about(Approval approval, Proposal proposal, StepCall call) {
        return approval.hash().equals(proposal.hash())
                && approval.cluster().equals(proposal.cluster())
                && approval.runId().equals(call.runId())
                && approval.incident().equals(call.incident());
    }

    private static StepFailure notGiven(Approval approval) {
        String told = approval.ruling()
                .map(ruling -> "%s decided otherwise (%s)".formatted(ruling.by(), ruling.decision()))
                .orElse("nobody has answered yet");
        return StepFailure.refused(
                "approvalNeeded",
                "'%s' was not approved: %s".formatted(approval.question(), told),
                "Wait for the task Approve change, or propose anew.");
    }

    private void refuseUnfitPerson(Approval approval, Ruling ruling) {
        boolean glass = ruling.decision() == Decision.BROKEN_GLASS;
        if (!(glass ? fourEyes.mayBreakGlass(ruling.by()) : fourEyes.approver(ruling.by()))) {
            throw StepFailure.refused(
                    "approverNotAllowed",
                    "%s approved '%s' and may not do so any more".formatted(ruling.by(), approval.question()),
                    ANEW);
        }
        boolean first =
                Subject.same(ruling.by(), approval.requester()) || Subject.same(ruling.by(), approval.responder());
        if (!glass && first) {
            throw StepFailure.refused(
                    "approvedByRequester",
                    "%s both asked for and approved '%s'".formatted(ruling.by(), approval.question()),
                    ANEW);
        }
        if (!"EXECUTE".equals(approval.mode())) {
            throw StepFailure.refused(
                    "approvalOfRehearsal",
                    "'%s' was approved as a rehearsal only".formatted(approval.question()),
                    ANEW);
        }
    }
}
