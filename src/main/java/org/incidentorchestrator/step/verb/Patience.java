package org.incidentorchestrator.step.verb;

import java.time.Duration;
import org.incidentorchestrator.cluster.ClusterFailure;

/** How much a step that asks many may still ask: all its calls together have 30 s, and the last may take ten. */
public final class Patience {
    public static final String NONE_LEFT = "not asked, the step has no time left";

    private static final int MOST_CALLS = 40;
    /** Each may have taken its ten seconds; a third would be too long for one step. */
    private static final int MOST_SILENT = 2;

    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** Elapsed time is measured, not told by the clock, which tests and people may set. */
    private final long begun = System.nanoTime();

    private int calls;
    private int silent;

    /** @return whether one more may be asked, which then counts */
    public boolean ask() {
        boolean left = calls < MOST_CALLS && silent < MOST_SILENT && System.nanoTime() - begun < LONGEST.toNanos();
        calls += left ? 1 : 0;
        return left;
    }

    /**
     * What the failure says of the pod or service that was asked: all else was read over the same connection.
     *
     * @throws ClusterFailure itself, when it is not about that pod or service
     */
    public String without(ClusterFailure failure) {
        switch (failure.kind()) {
            case NOT_FOUND:
                return "it is gone";
            case INVALID:
                return failure.getMessage();
            case UNREACHABLE, THROTTLED:
                silent++;
                return failure.getMessage();
            default:
                throw failure;
        }
    }
}
