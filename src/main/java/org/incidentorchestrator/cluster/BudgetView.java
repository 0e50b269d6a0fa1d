package org.incidentorchestrator.cluster;

import java.util.Map;

/** A PodDisruptionBudget, decided as the API server's eviction does (policy/v1). */
public record BudgetView(KubernetesObject budget) {
    public String name() {
        return budget.name();
    }

    /** An empty selector selects every pod of the namespace, an absent one none. */
    public boolean selects(Map<String, String> labels) {
        KubernetesObject selector = budget.at("/spec/selector");
        return selector.exists() && LabelSelector.of(selector).matches(labels);
    }

    /**
     * Whether it lets the pod go. One that is not ready goes without using the budget up: always under the policy
     * AlwaysAllow, else when enough others are healthy.
     */
    public boolean allows(PodView pod) {
        if (pod.terminating()
                || pod.ended()
                || pod.pod().text("/status/phase", "").equals("Pending")) {
            return true;
        }
        if (!pod.ready() && allowsUnready()) {
            return true;
        }
        boolean observed = budget.number("/status/observedGeneration", 0) >= budget.number("/metadata/generation", 0);
        return observed && disruptionsAllowed() > 0;
    }

    private boolean allowsUnready() {
        int desired = budget.number("/status/desiredHealthy", 0);
        return budget.text("/spec/unhealthyPodEvictionPolicy", "").equals("AlwaysAllow")
                || desired > 0 && budget.number("/status/currentHealthy", 0) >= desired;
    }

    public int disruptionsAllowed() {
        return budget.number("/status/disruptionsAllowed", 0);
    }
}
