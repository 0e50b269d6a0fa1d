package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How many pods a disruption budget covers, needs, has and lets go. */
record Budget(int expected, int desired, int healthy) {
    static Budget of(JsonNode budget, List<ObjectNode> covered) {
        int expected = covered.size();
        JsonNode spec = budget.path("spec");
        int desired = spec.has("minAvailable")
                ? IntOrPercent.share(spec.path("minAvailable"), expected, true)
                : expected - IntOrPercent.share(spec.path("maxUnavailable"), expected, true);
        int healthy = (int) covered.stream().filter(Pods::ready).count();
        return new Budget(expected, Math.max(0, desired), healthy);
    }

    int allowed() {
        return Math.max(0, healthy - desired);
    }
}
