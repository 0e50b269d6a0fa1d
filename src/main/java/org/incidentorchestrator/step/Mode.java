package org.incidentorchestrator.step;

/** Whether a run changes the cluster. A property of the whole run; of two, the stricter wins. */
public enum Mode {
    /** Reads the real cluster, asks the guards, sends every change with {@code dryRun=All}. */
    REHEARSE,
    EXECUTE;

    public Mode stricter(Mode other) {
        return this == REHEARSE || other == REHEARSE ? REHEARSE : EXECUTE;
    }
}
