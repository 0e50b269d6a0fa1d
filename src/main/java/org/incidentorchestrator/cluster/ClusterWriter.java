package org.incidentorchestrator.cluster;

/**
 * Changes a cluster, by few operations. Called by the step runner alone. Sets our field manager and, for a dry run,
 * {@code dryRun=All} itself. Sends once: no retry of its own.
 */
public interface ClusterWriter {
    String FIELD_MANAGER = "incident-orchestrator";

    /** @throws ClusterFailure CONFLICT when the resource version has moved, REPLACED when the uid is another's */
    Receipt apply(Change change, Write write);

    enum Write {
        /** Everything the API server checks, and nothing is kept. */
        DRY_RUN,
        FOR_REAL
    }

    /** @param after the object as the API server answered it; for an eviction the pod as it was read before */
    record Receipt(KubernetesObject after) {}
}
