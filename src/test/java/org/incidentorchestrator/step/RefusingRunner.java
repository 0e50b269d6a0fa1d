package org.incidentorchestrator.step;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.incidentorchestrator.cluster.ClusterGate;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.springframework.context.annotation.Primary;

/**
 * The runner as it is, but that a test may have the next call from an element refused: with what a cluster or a guard says
 * in a moment that cannot be brought about from outside.
 */
@Primary
public final class RefusingRunner extends StepRunner {
    private final Map<String, RefusalCode> refusals = new ConcurrentHashMap<>();

    RefusingRunner(
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
        super(planning, ledger, proposing, settlement, intents, record, sender, gate, outcomes, metrics, clock);
    }

    public void refuseNext(String element, RefusalCode code) {
        refusals.put(element, code);
    }

    @Override
    public StepOutcome run(StepCall call) {
        return refused(call).orElseGet(() -> super.run(call));
    }

    @Override
    public StepOutcome propose(StepCall call) {
        return refused(call).orElseGet(() -> super.propose(call));
    }

    private Optional<StepOutcome> refused(StepCall call) {
        return Optional.ofNullable(refusals.remove(call.activityId()))
                .map(code -> new Refused(code, "asTheTestSays", "It is refused.", "Look at the test."));
    }
}
