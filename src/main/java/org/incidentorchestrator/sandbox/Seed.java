package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The world as it comes: {@code sandbox/platform.yaml}, {@code sandbox/workload.yaml} for each workload, and what is
 * installed besides Kubernetes, {@code sandbox/extensions.yaml}.
 */
final class Seed {
    /** How long the world seems to have run before somebody first looks at it. */
    private static final Duration AGE = Duration.ofDays(6);

    private static final Duration SETTLED_IN = Duration.ofMinutes(1);

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final List<Workload> WORKLOADS = List.of(
            new Workload("mcp-gateway", "2.8.1", true, false),
            new Workload("mcp-orchestrator-api", "4.1.0-slim", true, true),
            new Workload("mcp-policy-proxy", "1.12.3", true, true),
            new Workload("mcp-config", "1.4.2", false, false),
            new Workload("mcp-tracehub", "0.9.7-distroless", false, false));

    private Seed() {}

    private record Workload(String name, String version, boolean probed, boolean autoscaled) {
        boolean wants(ObjectNode object) {
            return autoscaled || !object.path("kind").asText().equals("HorizontalPodAutoscaler");
        }

        ObjectNode fit(ObjectNode object) {
            if (!probed) {
                object.at("/spec/template/spec/containers")
                        .forEach(container -> ((ObjectNode) container).remove("readinessProbe"));
            }
            return object;
        }
    }

    static World world(String seed, Instant now) {
        Instant begin = Json.second(now.minus(AGE));
        World world = new World(seed, begin);
        ApiServer server = new ApiServer(world, "kubectl-client-side-apply", begin);
        documents("platform.yaml", "", "").forEach(server::create);
        for (Workload workload : WORKLOADS) {
            documents("workload.yaml", workload.name, workload.version).stream()
                    .filter(workload::wants)
                    .map(workload::fit)
                    .forEach(server::create);
        }
        documents("extensions.yaml", "", "").forEach(server::create);
        Git.commit(world, "a1-orchestrator", world.all("Deployment", Sandbox.NAMESPACE));
        Controllers.settle(world, begin);
        Controllers.advance(world, begin.plus(SETTLED_IN));
        Controllers.advance(world, Json.second(now));
        world.reach(Json.second(now));
        return world;
    }

    private static List<ObjectNode> documents(String file, String name, String version) {
        try (InputStream in = Seed.class.getResourceAsStream("/sandbox/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${name}", name)
                    .replace("${version}", version);
            return YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(text).readAll();
        } catch (IOException broken) {
            throw new UncheckedIOException("sandbox/" + file + " in the program cannot be read", broken);
        }
    }
}
