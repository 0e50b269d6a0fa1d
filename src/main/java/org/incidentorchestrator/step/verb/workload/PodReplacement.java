package org.incidentorchestrator.step.verb.workload;

import org.incidentorchestrator.cluster.WorkloadView;

/** What a change of the template does to the pods, as people read it before they decide. */
final class PodReplacement {
    private PodReplacement() {}

    /** {@code replace its 2 pods step by step}. */
    static String text(WorkloadView workload, int pods) {
        String how = workload.recreates() ? "all at once, so that it is down meanwhile" : "step by step";
        return "replace its %d pods %s".formatted(pods, how);
    }
}
