package org.incidentorchestrator.step;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.step.StepOutcome.Fault;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.incidentorchestrator.step.StepOutcome.Reschedule;
import org.incidentorchestrator.step.StepOutcome.Retry;
import org.springframework.stereotype.Component;

/** Turns what is thrown on the way into an outcome, and records it. */
@Component
class Outcomes {
    private static final Duration SPREAD = Duration.ofSeconds(4);

    private final StepRecord record;

    Outcomes(StepRecord record) {
        this.record = record;
    }

    StepOutcome of(StepCall call, Supplier<StepOutcome> work) {
        try {
            StepOutcome outcome = work.get();
            if (outcome instanceof Retry retry) {
                record.failed(call, retry.message());
            }
            return outcome;
        } catch (StepFailure failure) {
            return refused(call, failure.code(), failure.reason(), failure.getMessage(), failure.remedy());
        } catch (ClusterFailure failure) {
            return failed(call, failure);
        } catch (RuntimeException bug) {
            String message = "%s failed at %s of %s: %s"
                    .formatted(call.step(), call.activityId(), call.incident(), bug.getMessage());
            record.failed(call, message);
            return new Fault(message, bug);
        }
    }

    /** Spread, so that not all come at once and always the same one has to find out that there is no answer yet. */
    private static Duration later(ClusterFailure failure) {
        long spread = ThreadLocalRandom.current().nextLong(SPREAD.toMillis());
        return failure.retryAfter().orElse(Duration.ZERO).plusMillis(spread);
    }

    private StepOutcome failed(StepCall call, ClusterFailure failure) {
        String message = failure.getMessage();
        return switch (failure.kind()) {
            case NOT_FOUND, REPLACED -> refused(call, RefusalCode.NOT_FOUND, "targetNotFound", message, "Look again.");
            case BUDGET -> refused(call, RefusalCode.REFUSED, "blockedByBudget", message, "Wait for other pods.");
            case OWNED -> {
                record.refused(call, ownedByOthers(message));
                yield ownedByOthers(message);
            }
            case INVALID ->
                refused(call, RefusalCode.REFUSED, "rejectedByCluster", message, "Correct what the message names.");
            case CONFLICT, THROTTLED, UNREACHABLE -> {
                record.failed(call, message);
                yield new Retry(message, failure, failure.kind() == Kind.UNREACHABLE);
            }
            case NOT_SENT -> new Reschedule(later(failure));
            case NOT_INSTALLED, FORBIDDEN -> {
                record.failed(call, message);
                yield new Fault(message, failure);
            }
        };
    }

    static Refused ownedByOthers(String message) {
        return new Refused(
                RefusalCode.REFUSED,
                "ownedByOthers",
                message,
                "Agree with who owns these fields, or take them out of the manifest; nothing is forced.");
    }

    private Refused refused(StepCall call, RefusalCode code, String reason, String message, String remedy) {
        var refusal = new Refused(code, reason, message, remedy);
        record.refused(call, refusal);
        return refusal;
    }
}
