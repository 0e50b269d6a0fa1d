package org.incidentorchestrator.step.verb.workload;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.incidentorchestrator.cluster.WorkloadView;

/** What a change of the template does to the pods, as people read it before they decide. */
final class PodReplacement {
    private PodReplacement() {}

    /** {@code replace its 2 pods step by step}, or that it is an outage. */
    static String text(WorkloadView workload, int pods) {
        if (pods == 1 && !newPodFirst(workload)) {
            return "replace its only pod, so that it is down meanwhile";
        }
        String how = workload.recreates() ? "all at once, so that it is down meanwhile" : "step by step";
        return "replace its %d pods %s".formatted(pods, how);
    }

    /**
     * Whether a new pod comes before an old one goes: of a Deployment that may have none unavailable. Where one may be,
     * it may go first; of the other kinds it always does.
     */
    static boolean newPodFirst(WorkloadView workload) {
        if (!workload.isDeployment() || workload.recreates()) {
            return false;
        }
        String missing = workload.object().text("/spec/strategy/rollingUpdate/maxUnavailable", "25%");
        if (!missing.matches("[0-9]{1,9}%?")) {
            return true;
        }
        BigDecimal number = new BigDecimal(missing.replace("%", ""));
        BigDecimal share = missing.endsWith("%")
                ? number.multiply(BigDecimal.valueOf(workload.desired())).movePointLeft(2)
                : number;
        return share.setScale(0, RoundingMode.FLOOR).signum() == 0;
    }
}
