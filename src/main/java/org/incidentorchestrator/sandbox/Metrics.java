package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Quantity;
import org.incidentorchestrator.cluster.ResourceType;

/**
 * What metrics-server would say: of a pod nothing before it was scraped, then what its container uses; of a node what
 * its pods use together, and what it takes for itself.
 */
final class Metrics {
    private static final Duration FIRST_SCRAPE = Duration.ofSeconds(15);
    private static final int WINDOW = 15;
    /** KiB. */
    private static final long LEAKS = 340_000;
    /** What a node's own programs take. */
    private static final Quantity NODE_CPU = Quantity.parse("180m").orElseThrow();

    private static final Quantity NODE_MEMORY = Quantity.parse("900Mi").orElseThrow();

    private Metrics() {}

    static Optional<ObjectNode> of(World world, ObjectNode pod, Instant now) {
        if (!Scheduler.placed(pod)) {
            return Optional.empty();
        }
        Phase phase = PodController.timeline(world, pod, now).at(now);
        boolean scraped =
                phase.running() && !phase.startedAt().plus(FIRST_SCRAPE).isAfter(now);
        boolean leaks = Scenarios.fateOf(world, pod) == Fate.LEAKS_MEMORY;
        long leaked = leaks ? leaked(world, pod, phase, now) : 0;
        int sharing = Load.onPod(world, pod).map(load -> sharing(world, pod)).orElse(0);
        return scraped && Pods.staying(pod) ? Optional.of(sample(pod, leaked, sharing, now)) : Optional.empty();
    }

    static boolean serves(ResourceType type) {
        return type.group().equals(ResourceType.POD_METRICS.group());
    }

    static Stream<ObjectNode> all(World world, ResourceType type, Instant now) {
        Stream<ObjectNode> pods = world.all("Pod").stream().flatMap(pod -> of(world, pod, now).stream());
        return type.equals(ResourceType.POD_METRICS)
                ? pods
                : world.all("Node").stream().map(node -> ofNode(world, node, now));
    }

    private static ObjectNode ofNode(World world, ObjectNode node, Instant now) {
        Amounts used = new Amounts(Map.of(Amounts.CPU, NODE_CPU, Amounts.MEMORY, NODE_MEMORY));
        for (ObjectNode pod : world.all("Pod")) {
            if (pod.at("/spec/nodeName").asText().equals(Pods.name(node))) {
                used = of(world, pod, now).stream()
                        .flatMap(sample -> KubernetesObject.of(sample).items("/containers").stream())
                        .map(container -> Amounts.of(container, "/usage"))
                        .reduce(used, Amounts::plus);
            }
        }
        ObjectNode metrics = metrics("NodeMetrics", node, now);
        metrics.putObject("usage")
                .put("cpu", used.amount(Amounts.CPU).movePointRight(9).toBigInteger() + "n")
                .put("memory", used.amount(Amounts.MEMORY).toBigInteger().shiftRight(10) + "Ki");
        return metrics;
    }

    private static ObjectNode metrics(String kind, ObjectNode of, Instant now) {
        ObjectNode metrics = Json.object()
                .put("apiVersion", "metrics.k8s.io/v1beta1")
                .put("kind", kind)
                .put("timestamp", Instant.ofEpochSecond(scrape(now)).toString())
                .put("window", WINDOW + "s");
        ObjectNode metadata = metrics.putObject("metadata");
        metadata.put("name", Pods.name(of))
                .put("creationTimestamp", Json.second(now).toString());
        if (of.at("/metadata").has("namespace")) {
            metadata.put("namespace", Pods.namespace(of));
        }
        metadata.set("labels", of.at("/metadata/labels").deepCopy());
        return metrics;
    }

    private static long scrape(Instant now) {
        return now.getEpochSecond() / WINDOW * WINDOW;
    }

    /** In KiB: from nothing to what is left of the limit of 512 MiB, as of the latest scrape. */
    private static long leaked(World world, ObjectNode pod, Phase phase, Instant now) {
        Instant turned = world.life(Pods.uid(pod))
                .map(Life::turns)
                .map(turns -> turns.get(turns.size() - 1).at())
                .orElse(phase.startedAt());
        Instant since = turned.isAfter(phase.startedAt()) ? turned : phase.startedAt();
        long scrape = now.getEpochSecond() / WINDOW * WINDOW;
        long seconds = Math.max(0, scrape - since.getEpochSecond());
        return Math.min(LEAKS, LEAKS * seconds / Timeline.FILLS_IN.toSeconds());
    }

    private static int sharing(World world, ObjectNode pod) {
        return Pods.deploymentOf(world, pod)
                .map(deployment -> deployment.at("/spec/replicas").asInt(1))
                .orElse(1);
    }

    /** @param sharing how many pods share a high load; 0 without one */
    private static ObjectNode sample(ObjectNode pod, long leaked, int sharing, Instant now) {
        long scrape = scrape(now);
        ObjectNode metrics = metrics("PodMetrics", pod, now);
        var containers = metrics.putArray("containers");
        pod.at("/spec/containers").forEach(container -> {
            long noise = Math.floorMod((Pods.uid(pod) + scrape).hashCode(), 1000);
            containers
                    .addObject()
                    .put("name", container.path("name").asText())
                    .putObject("usage")
                    .put("cpu", (sharing == 0 ? 18_000_000 + noise * 24_000 : Load.cpu(sharing) + noise * 5_000) + "n")
                    .put(
                            "memory",
                            143_360 + (sharing == 0 ? leaked + noise * 36 : Load.memory(sharing) + noise) + "Ki");
        });
        return metrics;
    }
}
