package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * KEDA: keeps an autoscaler of its own for each ScaledObject, and writes its bounds again when somebody changes them.
 * Paused, it takes the autoscaler away and holds the number of replicas that the pause names.
 */
final class ScaledObjectController {
    static final Duration REWRITES_IN = Duration.ofSeconds(5);

    private static final String KEDA = "keda-operator";
    private static final String PAUSED = "autoscaling.keda.sh/paused";
    private static final String PAUSED_AT = "autoscaling.keda.sh/paused-replicas";
    private static final List<List<String>> BOUNDS =
            List.of(List.of("f:spec", "f:minReplicas"), List.of("f:spec", "f:maxReplicas"));

    private ScaledObjectController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode scaled : world.all("ScaledObject")) {
            if (paused(scaled)) {
                pause(world, scaled, at);
            } else {
                keepAutoscaler(world, scaled, at);
            }
            write(world, scaled, at);
        }
    }

    static Stream<Instant> next(World world) {
        return world.all("ScaledObject").stream()
                .filter(scaled -> !paused(scaled))
                .flatMap(scaled -> autoscaler(world, scaled).flatMap(autoscaler -> due(scaled, autoscaler)).stream());
    }

    private static boolean paused(ObjectNode scaled) {
        var annotations = scaled.at("/metadata/annotations");
        return annotations.has(PAUSED_AT) || annotations.path(PAUSED).asText().equals("true");
    }

    private static void pause(World world, ObjectNode scaled, Instant at) {
        ApiServer server = new ApiServer(world, KEDA, at);
        autoscaler(world, scaled).ifPresent(autoscaler -> server.delete(Key.of(autoscaler)));
        int replicas = scaled.at("/metadata/annotations").path(PAUSED_AT).asInt(-1);
        Key target = target(scaled);
        world.find(target)
                .filter(deployment ->
                        replicas >= 0 && deployment.at("/spec/replicas").asInt(1) != replicas)
                .ifPresent(deployment -> server.scale(target, replicas));
    }

    private static Key target(ObjectNode scaled) {
        return new Key(
                "Deployment",
                Pods.namespace(scaled),
                scaled.at("/spec/scaleTargetRef/name").asText());
    }

    private static Optional<ObjectNode> autoscaler(World world, ObjectNode scaled) {
        return Pods.ownedBy(world, scaled, "HorizontalPodAutoscaler").stream().findFirst();
    }

    private static int least(ObjectNode scaled) {
        return Math.max(1, scaled.at("/spec/minReplicaCount").asInt(0));
    }

    private static int most(ObjectNode scaled) {
        return scaled.at("/spec/maxReplicaCount").asInt(100);
    }

    private static void keepAutoscaler(World world, ObjectNode scaled, Instant at) {
        ApiServer server = new ApiServer(world, KEDA, at);
        Optional<ObjectNode> autoscaler = autoscaler(world, scaled);
        if (autoscaler.isEmpty()) {
            server.create(manifest(scaled));
        } else if (due(scaled, autoscaler.get())
                .filter(moment -> !moment.isAfter(at))
                .isPresent()) {
            ObjectNode body =
                    Json.object("{'spec': {'minReplicas': %d, 'maxReplicas': %d}}", least(scaled), most(scaled));
            server.patch(Key.of(autoscaler.get()), "", "", body);
        }
    }

    /** Whoever changes a bound is overruled at once when it is KEDA's own user, and a little later when not. */
    private static Optional<Instant> due(ObjectNode scaled, ObjectNode autoscaler) {
        boolean same = autoscaler.at("/spec/minReplicas").asInt() == least(scaled)
                && autoscaler.at("/spec/maxReplicas").asInt() == most(scaled);
        return same
                ? Optional.empty()
                : BOUNDS.stream()
                        .flatMap(bound -> ManagedFields.writtenAt(autoscaler, bound).stream())
                        .max(Instant::compareTo)
                        .map(written -> written.plus(REWRITES_IN));
    }

    private static ObjectNode manifest(ObjectNode scaled) {
        ObjectNode autoscaler =
                Json.object().put("apiVersion", "autoscaling/v2").put("kind", "HorizontalPodAutoscaler");
        ObjectNode metadata = autoscaler.putObject("metadata");
        metadata.put("name", "keda-hpa-" + Pods.name(scaled)).put("namespace", Pods.namespace(scaled));
        metadata.set("ownerReferences", Json.array().add(ReplicaSetController.owner(scaled)));
        ObjectNode spec = autoscaler.putObject("spec");
        spec.put("minReplicas", least(scaled)).put("maxReplicas", most(scaled));
        spec.putObject("scaleTargetRef")
                .put("apiVersion", "apps/v1")
                .put("kind", "Deployment")
                .put("name", scaled.at("/spec/scaleTargetRef/name").asText());
        ObjectNode metric = spec.putArray("metrics").addObject().put("type", "Resource");
        ObjectNode target = metric.putObject("resource").put("name", "cpu").putObject("target");
        target.put("type", "Utilization").put("averageUtilization", 75);
        return autoscaler;
    }

    private static void write(World world, ObjectNode scaled, Instant at) {
        ObjectNode status = Json.object();
        boolean paused = paused(scaled);
        ArrayNode conditions = status.putArray("conditions");
        Status.condition(scaled, conditions, "Ready", "True", "ScaledObjectReady", "ScaledObject is ready", at);
        Status.condition(scaled, conditions, "Active", paused ? "False" : "True", "ScalerActive", "", at);
        Status.condition(scaled, conditions, "Paused", paused ? "True" : "False", "ScaledObjectPaused", "", at);
        status.put("hpaName", "keda-hpa-" + Pods.name(scaled));
        Status.write(world, scaled, status, KEDA, at);
    }
}
