package org.incidentorchestrator.step;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterGate;
import org.incidentorchestrator.host.HostFailure;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.incidentorchestrator.step.Settlement.Finding;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.incidentorchestrator.step.StepOutcome.Reschedule;
import org.incidentorchestrator.step.StepOutcome.Retry;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * Runs steps: look up the ledger → plan → guards → INTENT → apply → RESULT. The only caller of the sender.
 * A retry that finds a RESULT returns its output and sends nothing; one that finds an INTENT looks at the object first.
 */
@Component
public class StepRunner {
    private static final int TAKE_OVERS = 5;

    private final Planning planning;
    private final Ledger ledger;
    private final Proposing proposing;
    private final Settlement settlement;
    private final StepIntents intents;
    private final StepRecord record;
    private final Sender sender;
    private final ClusterGate gate;
    private final Outcomes outcomes;
    private final StepMetrics metrics;
    private final Clock clock;

    StepRunner(
            Planning planning,
            Ledger ledger,
            Proposing proposing,
            Settlement settlement,
            StepIntents intents,
            StepRecord record,
            Sender sender,
            ClusterGate gate,
            Outcomes outcomes,
            StepMetrics metrics,
            Clock clock) {
        this.planning = planning;
        this.ledger = ledger;
        this.proposing = proposing;
        this.settlement = settlement;
        this.intents = intents;
        this.record = record;
        this.sender = sender;
        this.gate = gate;
        this.outcomes = outcomes;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Looks, or acts. Never throws for what the cluster or a guard says. */
    public StepOutcome run(StepCall call) {
        return guarded(call, () -> {
            List<LedgerEntry> rows = ledger.of(call);
            if (!rows.isEmpty()) {
                return carryOut(call, rows, false);
            }
            return planning.step(call).changes() ? act(call) : look(call);
        });
    }

    /** Plans a change, asks the guards and the API server (dry run), and stores the proposal. Changes nothing. */
    public StepOutcome propose(StepCall call) {
        return guarded(call, () -> {
            if (!ledger.of(call).isEmpty()) {
                return proposedBefore(call);
            }
            Planned planned = planning.plan(call, clock.instant());
            planning.askGuards(planned, call);
            planned.deeds().forEach(deed -> sender.send(deed, Mode.REHEARSE));
            try {
                return new Done(record.proposed(call, planned, proposing.draft(call, planned)), false);
            } catch (DuplicateKeyException another) {
                return proposedBefore(call);
            }
        });
    }

    private StepOutcome proposedBefore(StepCall call) {
        return new Done(Json.read(ledger.of(call).get(0).output(), Proposed.class), false);
    }

    private StepOutcome look(StepCall call) {
        Planned planned = planning.plan(call, clock.instant());
        return planned.deeds().isEmpty() ? seen(call, planned) : perform(call, planned);
    }

    private StepOutcome seen(StepCall call, Planned planned) {
        Record output = planned.plan().output();
        try {
            record.looked(call, planned, output);
            return new Done(output, false);
        } catch (DuplicateKeyException another) {
            // Another node was at this job too, while this one was paused: what that one saw is on the record.
            return carryOut(call, ledger.of(call), false);
        }
    }

    private StepOutcome act(StepCall call) {
        Planned planned = proposing.planAgain(call);
        planning.askGuards(planned, call);
        return perform(call, planned);
    }

    private StepOutcome perform(StepCall call, Planned planned) {
        try {
            intents.write(call, planned);
        } catch (DuplicateKeyException e) {
            return new Retry("another node is running this step of " + call.incident(), e);
        }
        return carryOut(call, ledger.of(call), true);
    }

    /** @param fresh that this very call has just written the intents, so that nothing can have been sent yet */
    private StepOutcome carryOut(StepCall call, List<LedgerEntry> rows, boolean fresh) {
        for (LedgerEntry row : rows) {
            Optional<StepOutcome> stop = row.state() == State.INTENT
                    ? (fresh ? send(call, row, TAKE_OVERS) : settleOrSend(call, row, true, TAKE_OVERS))
                    : replay(row);
            if (stop.isPresent()) {
                return stop.get();
            }
        }
        LedgerEntry first = rows.get(0);
        Record output = Json.read(first.output(), planning.step(call).output());
        return new Done(output, first.deed().isPresent() && first.mode() == Mode.REHEARSE);
    }

    private Optional<StepOutcome> replay(LedgerEntry row) {
        return switch (row.state()) {
            case UNKNOWN -> Optional.of(unknown(row, row.note()));
            case FAILED, ABANDONED -> Optional.of(Json.read(row.note(), Refused.class));
            default -> Optional.empty();
        };
    }

    /**
     * Sends the same bytes again only when the object says that they have not arrived.
     *
     * @param unheard false when the API server has just refused them itself, so that they cannot have been applied
     */
    private Optional<StepOutcome> settleOrSend(StepCall call, LedgerEntry row, boolean unheard, int takeOvers) {
        if (row.mode() == Mode.REHEARSE) {
            return send(call, row, takeOvers);
        }
        Finding finding = settlement.find(row);
        if (finding instanceof Finding.Applied) {
            record.settled(call, row, State.APPLIED_RECOVERED, null);
            return Optional.empty();
        }
        if (finding instanceof Finding.NotApplied open) {
            return sendAgainst(call, row, open.fence(), takeOvers);
        }
        if (finding instanceof Finding.Outdated outdated && !unheard) {
            return stop(call, row, refusal(RefusalCode.PLAN_CHANGED, "planChanged", outdated.why(), "Look again."));
        }
        String why = finding.why();
        record.settled(call, row, State.UNKNOWN, why);
        return Optional.of(unknown(row, why));
    }

    /** Takes the INTENT over before sending: of two nodes one wins, and the API server lets one version through. */
    private Optional<StepOutcome> sendAgainst(StepCall call, LedgerEntry row, String newer, int takeOvers) {
        Deed deed = row.deed().orElseThrow();
        if (takeOvers == 0) {
            return Optional.of(new Retry(deed.target() + " is changed by others all the time", null));
        }
        if (!newer.equals(deed.fence()) && !intents.takeOver(row, deed.fence(), newer)) {
            return Optional.of(new Retry("another node has taken this step of " + call.incident() + " over", null));
        }
        return send(call, row.against(newer), takeOvers - 1);
    }

    private Optional<StepOutcome> send(StepCall call, LedgerEntry row, int takeOvers) {
        try {
            sender.send(row.deed().orElseThrow(), row.mode());
            record.settled(call, row, row.mode() == Mode.REHEARSE ? State.REHEARSED : State.APPLIED, null);
            return Optional.empty();
        } catch (StepFailure no) {
            return stop(call, row, refusal(no.code(), no.reason(), no.getMessage(), no.remedy()));
        } catch (HostFailure unheard) {
            return Optional.of(new Retry(unheard.getMessage(), unheard));
        } catch (ClusterFailure failure) {
            return notSent(call, row, failure, takeOvers);
        }
    }

    private Optional<StepOutcome> notSent(StepCall call, LedgerEntry row, ClusterFailure failure, int takeOvers) {
        String message = failure.getMessage();
        return switch (failure.kind()) {
            case CONFLICT ->
                row.mode() == Mode.REHEARSE
                        ? Optional.of(new Retry(message, failure))
                        : settleOrSend(call, row, false, takeOvers);
            case NOT_FOUND, REPLACED ->
                stop(call, row, refusal(RefusalCode.NOT_FOUND, "targetNotFound", message, "Look again."));
            case BUDGET ->
                stop(
                        call,
                        row,
                        refusal(RefusalCode.REFUSED, "blockedByBudget", message, "Wait for other pods to get ready."));
            case OWNED -> stop(call, row, Outcomes.ownedByOthers(message));
            case INVALID, NOT_INSTALLED ->
                stop(
                        call,
                        row,
                        refusal(RefusalCode.REFUSED, "rejectedByCluster", message, "Correct what the message names."));
            // Its INTENT stays open: a retry, be it a person's once the right is granted, or the sweep looks at the
            // object before anything is sent again.
            case FORBIDDEN, THROTTLED, UNREACHABLE, NOT_SENT -> throw failure;
        };
    }

    private Optional<StepOutcome> stop(StepCall call, LedgerEntry row, Refused refusal) {
        record.settled(call, row, State.FAILED, Json.write(refusal));
        return Optional.of(refusal);
    }

    private static Refused refusal(RefusalCode code, String reason, String message, String remedy) {
        return new Refused(code, reason, message, remedy);
    }

    private Refused unknown(LedgerEntry row, String why) {
        record.askPerson(row, why);
        return refusal(RefusalCode.OUTCOME_UNKNOWN, "outcomeUnknown", why, "Look at the object, then settle the task.");
    }

    /** Within a permit for cluster calls; measured. */
    private StepOutcome guarded(StepCall call, Supplier<StepOutcome> work) {
        Optional<ClusterGate.Permit> permit = gate.tryEnter();
        if (permit.isEmpty()) {
            return new Reschedule(gate.comeAgainAfter());
        }
        var sample = metrics.start();
        StepOutcome outcome;
        try {
            outcome = outcomes.of(call, work);
        } finally {
            permit.get().close();
        }
        metrics.stop(sample, call, outcome);
        return outcome;
    }
}
