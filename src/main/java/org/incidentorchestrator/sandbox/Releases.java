package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.incident.Target;

/**
 * What somebody has pushed for the application of the platform, and nobody has synced yet. It comes with a scenario, and
 * goes with it, as if it had never been.
 */
final class Releases {
    private static final String SOMEBODY = "kubectl";
    private static final String ARGO_CD = "argocd-application-controller";
    private static final String APPLICATION = "a1-orchestrator";
    private static final Key KEY = new Key("Application", "argocd", APPLICATION);
    private static final String PUSHED = "3b7f0e1c9a5d48e2b6c1f4a7d0938e5c2b1a6f47";

    private Releases() {}

    static void push(World world, Scenario scenario, Target workload, Instant now) {
        if (!releases(scenario) || world.find(KEY).isEmpty()) {
            return;
        }
        Git.reset(world, APPLICATION);
        noteSync(world, now);
        String tag = scenario == Scenario.NEW_REVISION ? "9.0.0" : "unbuilt";
        List<ObjectNode> next = Git.objects(world, APPLICATION).stream()
                .map(object -> Key.of(object).target().equals(workload) ? tagged(object, tag) : object)
                .toList();
        Git.commit(world, APPLICATION, PUSHED, next);
        new ApiServer(world, SOMEBODY, now).patch(KEY, "", "", Json.object("{'spec': {'syncPolicy': null}}"));
    }

    static void reset(World world, Play play, Instant now) {
        if (!releases(play.scenario()) || world.find(KEY).isEmpty()) {
            return;
        }
        Git.reset(world, APPLICATION);
        ApiServer server = new ApiServer(world, SOMEBODY, now);
        Key workload = new Key("Deployment", play.namespace(), play.workload());
        Git.objects(world, APPLICATION).stream()
                .filter(object ->
                        Key.of(object).equals(workload) && world.find(workload).isPresent())
                .forEach(object -> server.patch(workload, "", "", ManagedFields.owned(object)));
        server.patch(
                KEY,
                "",
                "",
                Json.object("{'spec': {'syncPolicy': {'automated': {'prune': false, 'selfHeal': false}}}}"));
    }

    private static boolean releases(Scenario scenario) {
        return scenario == Scenario.NEW_REVISION || scenario == Scenario.BROKEN_REVISION;
    }

    /** What runs was synced once, so that there is a way back to it. */
    private static void noteSync(World world, Instant now) {
        ObjectNode app = world.find(KEY).orElseThrow();
        ObjectNode status = app.path("status") instanceof ObjectNode known ? known.deepCopy() : Json.object();
        ObjectNode state = status.putObject("operationState");
        state.put("phase", "Succeeded").put("message", "successfully synced (all tasks run)");
        state.put("startedAt", now.toString()).put("finishedAt", now.toString());
        state.putObject("syncResult").put("revision", Git.head(world, APPLICATION));
        Status.write(world, app, status, ARGO_CD, now);
    }

    private static ObjectNode tagged(ObjectNode object, String tag) {
        ObjectNode next = object.deepCopy();
        for (JsonNode container : next.at("/spec/template/spec/containers")) {
            String image = container.path("image").asText();
            ((ObjectNode) container).put("image", image.substring(0, image.lastIndexOf(':') + 1) + tag);
        }
        return next;
    }
}
