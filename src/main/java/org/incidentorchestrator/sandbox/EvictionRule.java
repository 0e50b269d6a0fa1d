package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;

/**
 * Whether a disruption budget lets a pod go. As the API server decides: a pod that never ran may always go; an unready
 * one may while the budget's healthy pods suffice without it (IfHealthyBudget), or always (AlwaysAllow).
 */
final class EvictionRule {
    private EvictionRule() {}

    /** @throws ClusterFailure BUDGET */
    static void check(World world, ObjectNode pod) {
        if ("Pending".equals(pod.at("/status/phase").asText())) {
            return;
        }
        for (ObjectNode budget : world.all("PodDisruptionBudget", Pods.namespace(pod))) {
            List<ObjectNode> covered = Pods.selectedBy(world, Pods.namespace(pod), budget.at("/spec/selector"));
            if (covered.contains(pod) && !allows(budget, pod, Budget.of(budget, covered))) {
                throw forbidden(budget, pod, Budget.of(budget, covered));
            }
        }
    }

    private static boolean allows(JsonNode budget, JsonNode pod, Budget counts) {
        if (!Pods.ready(pod)) {
            boolean always = "AlwaysAllow"
                    .equals(budget.at("/spec/unhealthyPodEvictionPolicy").asText());
            return always || counts.desired() > 0 && counts.healthy() >= counts.desired();
        }
        return counts.allowed() > 0;
    }

    private static ClusterFailure forbidden(JsonNode budget, JsonNode pod, Budget counts) {
        return new ClusterFailure(
                Kind.BUDGET,
                "Cannot evict " + Key.of(pod) + " as it would violate the pod's disruption budget (429): the disruption"
                        + " budget " + Pods.name(budget) + " needs " + counts.desired() + " healthy pods and has "
                        + counts.healthy() + " currently; " + counts.allowed()
                        + " may go. Make more pods healthy first, or decide about the budget.");
    }
}
