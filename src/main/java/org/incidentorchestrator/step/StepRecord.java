package org.incidentorchestrator.step;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidentorchestrator.evidence.Artefacts;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.step.LedgerEntry.Key;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what steps do: each write in a transaction of its own, so that it outlives a rollback of the engine's. */
@Component
class StepRecord {
    private final Ledger ledger;
    private final Proposals proposals;
    private final EvidenceLog evidence;
    private final Artefacts artefacts;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate ownTransaction;

    StepRecord(
            Ledger ledger,
            Proposals proposals,
            EvidenceLog evidence,
            Artefacts artefacts,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.evidence = evidence;
        this.artefacts = artefacts;
        this.events = events;
        this.clock = clock;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** RESULT of a look: what it found, and what is kept of it. */
    void looked(StepCall call, Planned planned, Record output) {
        ownTransaction.executeWithoutResult(tx -> {
            ledger.insert(
                    row(call, planned, 0, State.LOOKED, Optional.empty(), output),
                    OptionalLong.empty(),
                    clock.instant());
            append(Kind.STEP_LOOKED, call, planned, planned.plan().summary(), facts(call, planned));
        });
    }

    /** A proposal is a look whose output is the stored proposal. */
    Proposed proposed(StepCall call, Planned planned, Proposal draft) {
        return ownTransaction.execute(tx -> {
            long id = proposals.insert(draft);
            var output = Proposed.of(id, draft);
            ledger.insert(
                    row(call, planned, 0, State.LOOKED, Optional.empty(), output),
                    OptionalLong.empty(),
                    clock.instant());
            Map<String, Object> facts = facts(call, planned);
            facts.put("proposal", id);
            append(
                    Kind.STEP_PROPOSED,
                    call,
                    planned,
                    "proposes: " + planned.plan().summary(),
                    facts);
            return output;
        });
    }

    /** RESULT of an effect. */
    void settled(StepCall call, LedgerEntry entry, State state, String note) {
        ownTransaction.executeWithoutResult(
                tx -> settle(call.activityId(), Optional.of(call.instance()), entry, state, note));
    }

    void settled(String activity, LedgerEntry entry, State state, String note) {
        ownTransaction.executeWithoutResult(tx -> settle(activity, Optional.empty(), entry, state, note));
    }

    /** Nobody retries it, so it is asked for in the same transaction; of two programs that look at once one asks. */
    void settledForPerson(String activity, LedgerEntry entry, String why) {
        ownTransaction.executeWithoutResult(tx -> {
            if (settle(activity, Optional.empty(), entry, State.UNKNOWN, why)) {
                askPerson(entry, why);
            }
        });
    }

    private boolean settle(String activity, Optional<String> instance, LedgerEntry entry, State state, String note) {
        if (!ledger.settle(entry, state, note, clock.instant())) {
            return false;
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("step", entry.step());
        facts.put("mode", entry.mode().name());
        facts.put("state", state.name());
        facts.put("kubectl", entry.kubectl());
        facts.put("target", entry.deed().orElseThrow().target().id());
        instance.ifPresent(known -> facts.put(Entry.INSTANCE, known));
        evidence.append(new Entry(
                kind(state), Optional.of(entry.incident()), Entry.SELF, activity, told(entry, state, note), facts));
        return true;
    }

    /** Asks again on each replay: one task per subject is made, however often it is asked for. */
    void askPerson(LedgerEntry entry, String why) {
        events.publishEvent(new PersonNeeded(
                "It is not known whether this change was made: %s on %s (%s). Look at the object; the change was: %s"
                        .formatted(entry.step(), entry.deed().orElseThrow().target(), why, entry.kubectl()),
                Optional.of(entry.incident()),
                "step/" + entry.id()));
    }

    private static String told(LedgerEntry entry, State state, String note) {
        String what = entry.step() + " " + entry.deed().orElseThrow().target();
        return switch (state) {
            case APPLIED -> "did " + what;
            case APPLIED_RECOVERED -> "did " + what + " (the answer was lost; found on the object)";
            case REHEARSED -> "rehearsed " + what + ": the API server would take it; nothing was changed";
            case UNKNOWN -> "does not know whether " + what + " was applied: " + note;
            case ABANDONED -> "did not do " + what + ": its run ended before it was applied";
            default ->
                "could not do " + what + ": "
                        + Json.read(note, StepOutcome.Refused.class).message();
        };
    }

    private static Kind kind(State state) {
        return switch (state) {
            case APPLIED, APPLIED_RECOVERED -> Kind.STEP_APPLIED;
            case REHEARSED -> Kind.STEP_REHEARSED;
            case UNKNOWN -> Kind.STEP_UNKNOWN;
            default -> Kind.STEP_FAILED;
        };
    }

    void refused(StepCall call, StepOutcome.Refused refusal) {
        attempt(
                Kind.STEP_REFUSED,
                call,
                refusal.message(),
                Map.of(
                        "step",
                        call.step(),
                        Entry.INSTANCE,
                        call.instance(),
                        "code",
                        refusal.code().code(),
                        "reason",
                        refusal.reason(),
                        "remedy",
                        refusal.remedy()));
    }

    void failed(StepCall call, String message) {
        attempt(Kind.STEP_FAILED, call, message, Map.of("step", call.step(), Entry.INSTANCE, call.instance()));
    }

    private void attempt(Kind kind, StepCall call, String summary, Map<String, Object> facts) {
        ownTransaction.executeWithoutResult(tx -> evidence.append(
                new Entry(kind, Optional.of(call.incident()), Entry.SELF, call.activityId(), summary, facts)));
    }

    /** Appends an entry with the plan's artefacts. */
    void append(Kind kind, StepCall call, Planned planned, String summary, Map<String, Object> facts) {
        long id = evidence.append(
                new Entry(kind, Optional.of(call.incident()), Entry.SELF, call.activityId(), summary, facts));
        artefacts.keep(call.incident(), id, planned.plan().artefacts());
    }

    static Map<String, Object> facts(StepCall call, Planned planned) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("step", call.step());
        facts.put(Entry.INSTANCE, call.instance());
        facts.put("mode", planned.context().mode().name());
        facts.put("kubectl", planned.kubectl());
        return facts;
    }

    static LedgerEntry row(
            StepCall call, Planned planned, int ordinal, State state, Optional<Deed> deed, Record output) {
        return new LedgerEntry(
                0,
                Key.of(call, ordinal),
                call.incident(),
                call.runId(),
                call.step(),
                planned.context().mode(),
                state,
                deed,
                planned.kubectl(),
                planned.context().plannedAt(),
                Json.write(output),
                null);
    }
}
