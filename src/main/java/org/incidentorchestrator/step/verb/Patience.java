package org.incidentorchestrator.step.verb;

import java.time.Duration;
import org.incidentorchestrator.cluster.ClusterFailure;

/** How much a step that asks many may still ask: all its calls together have 30 s. */
public final class Patience {
    public static final String NONE_LEFT = "not asked, the step has no time left";

    private static final int MOST_CALLS = 40;
    /** Each may have taken its ten seconds; a third would be too long for one step. */
    private static final int MOST_SILENT = 2;

    private static final Duration LONGEST = Duration.ofSeconds(15);

    private int calls;
    private int silent;
    private Duration spent = Duration.ZERO;

    /** @return whether one more may be asked, which then counts */
    public boolean ask() {
        boolean left = calls < MOST_CALLS && silent < MOST_SILENT && spent.compareTo(LONGEST) < 0;
        calls += left ? 1 : 0;
        return left;
    }

    public void spend(Duration time) {
        spent = spent.plus(time);
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
            case UNREACHABLE, THROTTLED:
                silent++;
                return failure.getMessage();
            default:
                throw failure;
        }
    }
}
