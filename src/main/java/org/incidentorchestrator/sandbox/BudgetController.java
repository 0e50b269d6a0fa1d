package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Says in each disruption budget's status how many pods may go. */
final class BudgetController {
    private BudgetController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode budget : world.all("PodDisruptionBudget")) {
            Budget counts =
                    Budget.of(budget, Pods.selectedBy(world, Pods.namespace(budget), budget.at("/spec/selector")));
            ObjectNode status = Json.object();
            status.put("observedGeneration", budget.at("/metadata/generation").asInt());
            status.put("disruptionsAllowed", counts.allowed());
            status.put("currentHealthy", counts.healthy());
            status.put("desiredHealthy", counts.desired());
            status.put("expectedPods", counts.expected());
            boolean enough = counts.allowed() > 0;
            Status.condition(
                    budget,
                    status.putArray("conditions"),
                    "DisruptionAllowed",
                    enough ? "True" : "False",
                    enough ? "SufficientPods" : "InsufficientPods",
                    "",
                    at);
            Status.write(world, budget, status, Status.CONTROLLER_MANAGER, at);
        }
    }
}
