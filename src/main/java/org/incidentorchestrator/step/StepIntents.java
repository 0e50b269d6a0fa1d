package org.incidentorchestrator.step;

import java.time.Clock;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.LedgerEntry.Key;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what is about to be sent, and refuses what must not be. */
@Component
class StepIntents {
    private final Ledger ledger;
    private final Proposals proposals;
    private final Permits permits;
    private final TargetLocks locks;
    private final Incidents incidents;
    private final StopSwitch stop;
    private final StepRecord record;
    private final StepSettings settings;
    private final Clock clock;
    private final TransactionTemplate ownTransaction;

    StepIntents(
            Ledger ledger,
            Proposals proposals,
            Permits permits,
            TargetLocks locks,
            Incidents incidents,
            StopSwitch stop,
            StepRecord record,
            StepSettings settings,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.permits = permits;
        this.locks = locks;
        this.incidents = incidents;
        this.stop = stop;
        this.record = record;
        this.settings = settings;
        this.clock = clock;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * INTENT: committed before anything is sent. A step that changes nothing needs no firing incident, no decision and
     * no lock on its target. One that changes something holds the incident's row and that of the global stop, so that the
     * alert is resolved, the run aborted, everything stopped either before (and this is refused) or after the intent.
     *
     * @throws StepFailure when the incident has ended, its run was aborted, everything is stopped, the target is busy or
     *     unsettled, or nobody decided
     * @throws org.springframework.dao.DuplicateKeyException when another node was first
     */
    void write(StepCall call, Planned planned) {
        String hash = planned.step().needsApproval() ? planned.hash() : "";
        ownTransaction.executeWithoutResult(tx -> {
            if (planned.step().changes()) {
                refuseUnfit(call, planned);
            }
            long last = 0;
            for (int ordinal = 0; ordinal < planned.deeds().size(); ordinal++) {
                last = insertIntent(call, planned, ordinal);
            }
            if (planned.step().changes()) {
                claimDecision(call, planned, hash, last);
            }
            record.append(
                    Kind.STEP_INTENT,
                    call,
                    planned,
                    "about to: " + planned.plan().summary(),
                    StepRecord.facts(call, planned));
        });
    }

    private void refuseUnfit(StepCall call, Planned planned) {
        Incident incident = incidents.lock(call.incident());
        if (!planned.step().givesBack()) {
            refuseEnded(incident);
        }
        refuseStopped();
        if (planned.context().mode() == Mode.EXECUTE) {
            planned.deeds().forEach(deed -> reserve(call, deed.target()));
        }
    }

    private long insertIntent(StepCall call, Planned planned, int ordinal) {
        String mark = Key.of(call, ordinal).mark();
        Deed deed = planned.deeds()
                .get(ordinal)
                .marked(mark, call.incident(), planned.step().name());
        LedgerEntry row = StepRecord.row(
                call,
                planned,
                ordinal,
                State.INTENT,
                Optional.of(deed),
                planned.plan().output());
        return ledger.insert(row, call.proposalId(), clock.instant());
    }

    private void reserve(StepCall call, Target target) {
        ledger.unsettled(target, call).ifPresent(open -> {
            throw StepFailure.refused(
                    "unsettledChange",
                    "%s is not changed: the result of an earlier change (%s, %s) is not known yet"
                            .formatted(target, open.step(), open.incident()),
                    "It is looked at every minute. See the timeline of %s.".formatted(open.incident()));
        });
        locks.take(target, call.runId(), call.incident(), clock.instant(), settings.lockExpiry())
                .ifPresent(holder -> {
                    throw StepFailure.refused(
                            "targetBusy",
                            "%s is not changed: %s is working on it".formatted(target, holder),
                            "Wait for %s to end, or end it.".formatted(holder));
                });
    }

    /**
     * Fences an INTENT by a newer resource version, before it is sent again. In a transaction of its own, as all that is
     * known of it: the job's would hold the row against its own result.
     *
     * @return false when another node was first: it must not be sent here
     */
    boolean takeOver(LedgerEntry row, String from, String to) {
        return Boolean.TRUE.equals(ownTransaction.execute(tx -> ledger.takeOver(row, from, to)));
    }

    private void claimDecision(StepCall call, Planned planned, String hash, long row) {
        long proposal = call.proposalId().orElseThrow(StepIntents::notDecided);
        if (ledger.actedOn(proposal, call)) {
            throw notDecided();
        }
        if (planned.step().needsApproval()) {
            claimApproval(call, planned, hash, row);
        } else if (call.decidedAlone() && settings.unattended()) {
            proposals.decide(proposal, Proposal.Decision.ACCEPTED, Entry.SELF, clock.instant());
        }
        if (!proposals.use(proposal, row)) {
            throw notDecided();
        }
    }

    /** A responder's word is not enough for such a step, and no decision table stands for the second person. */
    private void claimApproval(StepCall call, Planned planned, String hash, long row) {
        if (planned.context().mode() == Mode.REHEARSE) {
            return;
        }
        Proposal stored = proposals.find(call.proposalId().getAsLong()).orElseThrow(StepIntents::notDecided);
        if (!stored.hash().equals(hash)) {
            throw new StepFailure(
                    RefusalCode.PLAN_CHANGED,
                    "planChanged",
                    "what was proposed for %s is no longer what would be done".formatted(stored.target()),
                    "Look again: it is proposed anew.");
        }
        permits.consume(stored, call, row);
    }

    private static StepFailure notDecided() {
        return StepFailure.refused(
                "notDecided",
                "nobody has accepted this change, or it was made already",
                "Accept it in the task that shows it.");
    }

    /** Taking back what was changed too: nobody knows why everything was stopped but who stopped it. */
    private void refuseStopped() {
        stop.lock().ifPresent(held -> {
            throw StepFailure.refused(Stop.REASON, "nothing is changed: " + held.inWords(), Stop.REMEDY);
        });
    }

    private static void refuseEnded(Incident incident) {
        if (!incident.firing()) {
            throw new StepFailure(
                    RefusalCode.ALERT_RESOLVED,
                    "alertResolved",
                    "nothing is changed: %s has ended meanwhile".formatted(incident.number()),
                    "Nothing is to be done.");
        }
        if (incident.aborted()) {
            throw new StepFailure(
                    RefusalCode.ALERT_RESOLVED,
                    "runAborted",
                    "nothing is changed for %s: %s"
                            .formatted(incident.number(), incident.abort().inWords()),
                    "Go on by hand.");
        }
    }
}
