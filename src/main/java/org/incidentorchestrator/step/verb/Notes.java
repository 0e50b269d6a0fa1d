package org.incidentorchestrator.step.verb;

/** Annotations by which a later verb knows what an earlier one has changed, and for which incident: {@code INC-7}. */
public final class Notes {
    /** On a CronJob that was suspended. */
    public static final String SUSPENDED_FOR = "incident-orchestrator/suspended-for";

    /** On an application of Argo CD whose self-heal was paused. */
    public static final String SELF_HEAL_PAUSED_FOR = "incident-orchestrator/self-heal-paused-for";

    private Notes() {}
}
