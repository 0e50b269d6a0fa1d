package org.incidentorchestrator.step;

import org.incidentorchestrator.cluster.ClusterSettings;
import org.springframework.stereotype.Component;

/** What this installation allows at most: a real cluster is rehearsed unless EXECUTE is set; the sandbox is changed. */
@Component
public class ModeLimit {
    private final Mode limit;

    ModeLimit(StepSettings settings, ClusterSettings cluster) {
        this.limit = settings.mode().orElse(cluster.real() ? Mode.REHEARSE : Mode.EXECUTE);
    }

    /** The mode that a new run gets. */
    public Mode mode() {
        return limit;
    }

    /** The stricter of what a run wishes and what is allowed now. */
    public Mode of(Mode wish) {
        return limit.stricter(wish);
    }
}
