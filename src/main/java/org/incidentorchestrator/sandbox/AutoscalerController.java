package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Says in each autoscaler's status what it sees. The load in the sandbox never asks for another size. */
final class AutoscalerController {
    private AutoscalerController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode autoscaler : world.all("HorizontalPodAutoscaler")) {
            Key scaled = new Key(
                    "Deployment",
                    Pods.namespace(autoscaler),
                    autoscaler.at("/spec/scaleTargetRef/name").asText());
            world.find(scaled).ifPresent(deployment -> write(world, autoscaler, deployment, at));
        }
    }

    private static void write(World world, ObjectNode autoscaler, ObjectNode deployment, Instant at) {
        int replicas = deployment.at("/spec/replicas").asInt(1);
        ObjectNode status = Json.object();
        status.put("currentReplicas", deployment.at("/status/replicas").asInt());
        status.put("desiredReplicas", replicas);
        var conditions = status.putArray("conditions");
        Status.condition(
                autoscaler,
                conditions,
                "AbleToScale",
                "True",
                "ReadyForNewScale",
                "recommended size matches current size",
                at);
        Status.condition(
                autoscaler,
                conditions,
                "ScalingActive",
                "True",
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from cpu resource utilization",
                at);
        Status.write(world, autoscaler, status, Status.CONTROLLER_MANAGER, at);
    }
}
