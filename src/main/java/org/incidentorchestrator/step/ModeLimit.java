package org.incidentorchestrator.step;

import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.incident.Incident;
import org.springframework.stereotype.Component;

/** What this installation allows at most: a real cluster is rehearsed unless EXECUTE is set; the sandbox is changed. */
@Component
public class ModeLimit {
    private final Mode limit;
    private final Mode exercise;

    ModeLimit(StepSettings settings, ClusterSettings cluster) {
        this.limit = settings.mode().orElse(cluster.real() ? Mode.REHEARSE : Mode.EXECUTE);
        this.exercise = cluster.real() ? Mode.REHEARSE : limit;
    }

    /** The mode that a new run gets. */
    public Mode mode() {
        return limit;
    }

    /** The mode that a new run of this incident gets: an exercise never changes a real cluster. */
    public Mode mode(Incident incident) {
        return incident.exercise() ? exercise : limit;
    }

    /** The stricter of what a run wishes and what is allowed to it now. */
    public Mode of(Mode wish, Incident incident) {
        return mode(incident).stricter(wish);
    }
}
