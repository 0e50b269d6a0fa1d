package org.incidentorchestrator.sandbox;

/** What a pod's container does from some moment on. */
enum Fate {
    /** Starts, and gets ready when its probe says so. */
    HEALTHY,
    /** Exits with an error soon after each start. */
    CRASHES,
    /** Is killed for its memory soon after each start. */
    RUNS_OUT_OF_MEMORY,
    /** Gets ready, uses ever more memory, and is killed for it after a while. */
    LEAKS_MEMORY,
    /** Runs, but its readiness probe fails. */
    SERVES_NOTHING,
    /** Its image cannot be pulled. */
    IMAGE_MISSING
}
