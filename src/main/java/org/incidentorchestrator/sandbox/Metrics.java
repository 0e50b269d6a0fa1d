package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What metrics-server would say of a pod: nothing before it was scraped, then what its container uses. */
final class Metrics {
    private static final Duration FIRST_SCRAPE = Duration.ofSeconds(15);
    private static final int WINDOW = 15;

    private Metrics() {}

    static Optional<ObjectNode> of(World world, ObjectNode pod, Instant now) {
        Phase phase = PodController.timeline(world, pod, now).at(now);
        boolean scraped =
                phase.running() && !phase.startedAt().plus(FIRST_SCRAPE).isAfter(now);
        return scraped && Pods.staying(pod) ? Optional.of(sample(pod, now)) : Optional.empty();
    }

    private static ObjectNode sample(ObjectNode pod, Instant now) {
        long scrape = now.getEpochSecond() / WINDOW * WINDOW;
        ObjectNode metrics = Json.object()
                .put("apiVersion", "metrics.k8s.io/v1beta1")
                .put("kind", "PodMetrics")
                .put("timestamp", Instant.ofEpochSecond(scrape).toString())
                .put("window", WINDOW + "s");
        ObjectNode metadata = metrics.putObject("metadata");
        metadata.put("name", Pods.name(pod)).put("namespace", Pods.namespace(pod));
        metadata.put("creationTimestamp", Json.second(now).toString());
        metadata.set("labels", pod.at("/metadata/labels").deepCopy());
        var containers = metrics.putArray("containers");
        pod.at("/spec/containers").forEach(container -> {
            long noise = Math.floorMod((Pods.uid(pod) + scrape).hashCode(), 1000);
            containers
                    .addObject()
                    .put("name", container.path("name").asText())
                    .putObject("usage")
                    .put("cpu", 18_000_000 + noise * 24_000 + "n")
                    .put("memory", 143_360 + noise * 36 + "Ki");
        });
        return metrics;
    }
}
