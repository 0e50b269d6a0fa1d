package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps each autoscaled deployment at the size that the load asks for, which in the sandbox is the minimum: what somebody
 * else sets goes back at the next look, which comes every 15 s. 0 switches an autoscaler off.
 */
final class AutoscalerController {
    static final Duration LOOKS_EVERY = Duration.ofSeconds(15);

    private static final List<String> REPLICAS = List.of("f:spec", "f:replicas");
    private static final List<List<String>> BOUNDS =
            List.of(List.of("f:spec", "f:minReplicas"), List.of("f:spec", "f:maxReplicas"));

    private AutoscalerController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode autoscaler : world.all("HorizontalPodAutoscaler")) {
            scaled(world, autoscaler).ifPresent(deployment -> {
                boolean due = due(autoscaler, deployment)
                        .filter(moment -> !moment.isAfter(at))
                        .isPresent();
                ObjectNode now = due
                        ? new ApiServer(world, Status.CONTROLLER_MANAGER, at)
                                .scale(Key.of(deployment), wanted(autoscaler))
                        : deployment;
                write(world, autoscaler, now, due, at);
            });
        }
    }

    /** When one of them will set its deployment back. */
    static Stream<Instant> next(World world) {
        return world.all("HorizontalPodAutoscaler").stream()
                .flatMap(autoscaler ->
                        scaled(world, autoscaler).flatMap(deployment -> due(autoscaler, deployment)).stream());
    }

    private static Optional<ObjectNode> scaled(World world, ObjectNode autoscaler) {
        return world.find(new Key(
                "Deployment",
                Pods.namespace(autoscaler),
                autoscaler.at("/spec/scaleTargetRef/name").asText()));
    }

    private static int wanted(ObjectNode autoscaler) {
        int least = autoscaler.at("/spec/minReplicas").asInt(1);
        return Math.max(1, Math.min(least, autoscaler.at("/spec/maxReplicas").asInt(least)));
    }

    private static Optional<Instant> due(ObjectNode autoscaler, ObjectNode deployment) {
        int replicas = deployment.at("/spec/replicas").asInt(1);
        if (replicas == 0 || replicas == wanted(autoscaler)) {
            return Optional.empty();
        }
        return Stream.concat(
                        ManagedFields.writtenAt(deployment, REPLICAS).stream(),
                        BOUNDS.stream().flatMap(bound -> ManagedFields.writtenAt(autoscaler, bound).stream()))
                .max(Instant::compareTo)
                .map(written -> written.plus(LOOKS_EVERY));
    }

    private static void write(World world, ObjectNode autoscaler, ObjectNode deployment, boolean scaled, Instant at) {
        int replicas = deployment.at("/spec/replicas").asInt(1);
        ObjectNode status = Json.object();
        status.put("currentReplicas", deployment.at("/status/replicas").asInt());
        status.put("desiredReplicas", replicas == 0 ? 0 : wanted(autoscaler));
        String last =
                scaled ? at.toString() : autoscaler.at("/status/lastScaleTime").asText("");
        if (!last.isEmpty()) {
            status.put("lastScaleTime", last);
        }
        ObjectNode metric = status.putArray("currentMetrics").addObject().put("type", "Resource");
        ObjectNode resource = metric.putObject("resource").put("name", "cpu");
        resource.putObject("current").put("averageUtilization", 46).put("averageValue", "46m");
        var conditions = status.putArray("conditions");
        Status.condition(
                autoscaler,
                conditions,
                "AbleToScale",
                "True",
                "ReadyForNewScale",
                "recommended size matches current size",
                at);
        boolean off = replicas == 0;
        Status.condition(
                autoscaler,
                conditions,
                "ScalingActive",
                off ? "False" : "True",
                off ? "ScalingDisabled" : "ValidMetricFound",
                off
                        ? "scaling is disabled since the replica count of the target is zero"
                        : "the HPA was able to successfully calculate a replica count from cpu resource utilization",
                at);
        Status.write(world, autoscaler, status, Status.CONTROLLER_MANAGER, at);
    }
}
