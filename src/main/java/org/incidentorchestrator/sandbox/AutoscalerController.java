package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps each autoscaled deployment at the size that the load asks for, which in the sandbox is the minimum, or as much as
 * it may while the load is high: what somebody else sets goes back at the next look, which comes every 15 s. 0 switches an
 * autoscaler off; one that cannot measure keeps its bounds and does nothing else.
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
                boolean due = due(world, autoscaler, deployment)
                        .filter(moment -> !moment.isAfter(at))
                        .isPresent();
                ObjectNode now = due
                        ? new ApiServer(world, Status.CONTROLLER_MANAGER, at)
                                .scale(Key.of(deployment), wanted(world, autoscaler, deployment))
                        : deployment;
                write(world, autoscaler, now, due, at);
            });
        }
    }

    /** When one of them will set its deployment back. */
    static Stream<Instant> next(World world) {
        return world.all("HorizontalPodAutoscaler").stream()
                .flatMap(autoscaler ->
                        scaled(world, autoscaler).flatMap(deployment -> due(world, autoscaler, deployment)).stream());
    }

    private static Optional<ObjectNode> scaled(World world, ObjectNode autoscaler) {
        return world.find(new Key(
                "Deployment",
                Pods.namespace(autoscaler),
                autoscaler.at("/spec/scaleTargetRef/name").asText()));
    }

    private static int wanted(World world, ObjectNode autoscaler, ObjectNode deployment) {
        int least = autoscaler.at("/spec/minReplicas").asInt(1);
        int asked = Load.on(world, deployment)
                .map(load -> load.measured()
                        ? Load.PODS
                        : deployment.at("/spec/replicas").asInt(1))
                .orElse(least);
        return Math.max(1, Math.min(Math.max(least, asked), most(autoscaler)));
    }

    private static int most(ObjectNode autoscaler) {
        return autoscaler
                .at("/spec/maxReplicas")
                .asInt(autoscaler.at("/spec/minReplicas").asInt(1));
    }

    private static Optional<Instant> due(World world, ObjectNode autoscaler, ObjectNode deployment) {
        int replicas = deployment.at("/spec/replicas").asInt(1);
        if (replicas == 0 || replicas == wanted(world, autoscaler, deployment)) {
            return Optional.empty();
        }
        Stream<Instant> written = Stream.concat(
                ManagedFields.writtenAt(deployment, REPLICAS).stream(),
                BOUNDS.stream().flatMap(bound -> ManagedFields.writtenAt(autoscaler, bound).stream()));
        return Stream.concat(written, Load.on(world, deployment).map(Load::since).stream())
                .max(Instant::compareTo)
                .map(latest -> latest.plus(LOOKS_EVERY));
    }

    private static void write(World world, ObjectNode autoscaler, ObjectNode deployment, boolean scaled, Instant at) {
        int replicas = deployment.at("/spec/replicas").asInt(1);
        ObjectNode status = Json.object();
        status.put("currentReplicas", deployment.at("/status/replicas").asInt());
        status.put("desiredReplicas", replicas == 0 ? 0 : wanted(world, autoscaler, deployment));
        String last =
                scaled ? at.toString() : autoscaler.at("/status/lastScaleTime").asText("");
        if (!last.isEmpty()) {
            status.put("lastScaleTime", last);
        }
        Optional<Load> load = Load.on(world, deployment);
        if (load.map(Load::measured).orElse(true)) {
            measure(status, load.map(high -> percent(autoscaler, replicas)).orElse(46));
        }
        var conditions = status.putArray("conditions");
        Status.condition(
                autoscaler,
                conditions,
                "AbleToScale",
                "True",
                "ReadyForNewScale",
                "recommended size matches current size",
                at);
        active(autoscaler, conditions, replicas, load, at);
        if (load.filter(Load::measured).isPresent() && most(autoscaler) < Load.PODS && replicas >= most(autoscaler)) {
            Status.condition(
                    autoscaler,
                    conditions,
                    "ScalingLimited",
                    "True",
                    "TooManyReplicas",
                    "the desired replica count is more than the maximum replica count",
                    at);
        }
        Status.write(world, autoscaler, status, Status.CONTROLLER_MANAGER, at);
    }

    private static int percent(ObjectNode autoscaler, int replicas) {
        return Load.percentOf(
                autoscaler
                        .at("/spec/metrics/0/resource/target/averageUtilization")
                        .asInt(75),
                replicas);
    }

    private static void measure(ObjectNode status, int percent) {
        ObjectNode metric = status.putArray("currentMetrics").addObject().put("type", "Resource");
        ObjectNode resource = metric.putObject("resource").put("name", "cpu");
        resource.putObject("current").put("averageUtilization", percent).put("averageValue", percent + "m");
    }

    private static void active(
            ObjectNode autoscaler, ArrayNode conditions, int replicas, Optional<Load> load, Instant at) {
        boolean off = replicas == 0;
        boolean blind = load.filter(high -> !high.measured()).isPresent();
        String reason = off ? "ScalingDisabled" : blind ? "FailedGetResourceMetric" : "ValidMetricFound";
        String message = off
                ? "scaling is disabled since the replica count of the target is zero"
                : blind
                        ? "the HPA was unable to compute the replica count: unable to get metrics for resource cpu"
                        : "the HPA was able to successfully calculate a replica count from cpu resource utilization";
        Status.condition(autoscaler, conditions, "ScalingActive", off || blind ? "False" : "True", reason, message, at);
    }
}
