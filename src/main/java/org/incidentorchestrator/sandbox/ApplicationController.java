package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Argo CD: takes up operations, which end a few seconds later, and says of each application whether the cluster is as
 * git has it. What differs goes back after 5 s where an application heals itself.
 */
final class ApplicationController {
    static final Duration HEALS_IN = Duration.ofSeconds(5);
    static final Duration SYNCS_IN = Duration.ofSeconds(6);

    private static final String ARGO_CD = "argocd-application-controller";

    private ApplicationController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode stored : world.all("Application")) {
            ObjectNode app = takeUp(world, stored, at);
            boolean synced = syncEnds(app).filter(end -> !end.isAfter(at)).isPresent();
            if (synced || healsAt(world, app).filter(then -> !then.isAfter(at)).isPresent()) {
                restore(world, app, synced ? revision(world, app) : Git.head(world, Pods.name(app)), at);
            }
            write(world, app, synced, at);
        }
    }

    static Stream<Instant> next(World world) {
        return world.all("Application").stream()
                .flatMap(app -> Stream.concat(syncEnds(app).stream(), healsAt(world, app).stream()));
    }

    /** An operation is handed over from the object to its status. */
    private static ObjectNode takeUp(World world, ObjectNode app, Instant at) {
        if (!app.has("operation")) {
            return app;
        }
        ObjectNode before = app.deepCopy();
        ObjectNode state = app.withObjectProperty("status").putObject("operationState");
        state.put("phase", "Running").put("message", "waiting for completion of the sync");
        state.put("startedAt", at.toString()).set("operation", app.remove("operation"));
        ManagedFields.note(before, app, ManagedFields.Writer.updating(ARGO_CD, ""), at);
        world.store(app);
        return app;
    }

    private static Optional<Instant> syncEnds(ObjectNode app) {
        JsonNode state = app.at("/status/operationState");
        return state.path("phase").asText().equals("Running")
                ? Optional.of(Instant.parse(state.path("startedAt").asText()).plus(SYNCS_IN))
                : Optional.empty();
    }

    private static boolean heals(ObjectNode app) {
        JsonNode automated = app.at("/spec/syncPolicy/automated");
        return automated.path("selfHeal").asBoolean()
                && automated.path("enabled").asBoolean(true);
    }

    private static Optional<Instant> healsAt(World world, ObjectNode app) {
        if (!heals(app)) {
            return Optional.empty();
        }
        return Git.objects(world, Pods.name(app)).stream()
                .flatMap(desired -> {
                    Optional<ObjectNode> live = world.find(Key.of(desired));
                    return Git.differences(desired, live).stream()
                            .map(path -> ManagedFields.writtenAt(live.orElseThrow(), path)
                                    .orElseGet(() -> Pods.born(live.orElseThrow())));
                })
                .max(Instant::compareTo)
                .map(written -> written.plus(HEALS_IN));
    }

    /** What the operation that runs is to sync to. */
    private static String revision(World world, ObjectNode app) {
        return app.at("/status/operationState/operation/sync/revision").asText(Git.head(world, Pods.name(app)));
    }

    private static void restore(World world, ObjectNode app, String revision, Instant at) {
        for (ObjectNode desired : Git.objects(world, Pods.name(app), revision)) {
            if (world.find(Key.of(desired)).isPresent()) {
                new ApiServer(world, ARGO_CD, at).patch(Key.of(desired), "", "", ManagedFields.owned(desired));
            }
        }
    }

    private static void write(World world, ObjectNode app, boolean synced, Instant at) {
        List<ObjectNode> content = Git.objects(world, Pods.name(app));
        ObjectNode status = app.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
        if (synced) {
            status.set("operationState", ended(app, revision(world, app), at));
        }
        if (!content.isEmpty()) {
            compare(world, content, status, Git.head(world, Pods.name(app)));
        }
        if (!status.isEmpty()) {
            Status.write(world, app, status, ARGO_CD, at);
        }
    }

    private static void compare(World world, List<ObjectNode> content, ObjectNode status, String head) {
        boolean same = content.stream()
                .allMatch(one -> Git.differences(one, world.find(Key.of(one))).isEmpty());
        status.putObject("sync").put("status", same ? "Synced" : "OutOfSync").put("revision", head);
        status.putObject("health").put("status", healthy(world, content) ? "Healthy" : "Progressing");
        ArrayNode resources = status.putArray("resources");
        content.forEach(object -> resources
                .addObject()
                .put("group", "apps")
                .put("version", "v1")
                .put("kind", object.path("kind").asText())
                .put("namespace", Pods.namespace(object))
                .put("name", Pods.name(object)));
    }

    private static boolean healthy(World world, List<ObjectNode> content) {
        return content.stream().map(object -> world.find(Key.of(object))).allMatch(live -> live.filter(
                        deployment -> deployment.at("/status/readyReplicas").asInt()
                                >= deployment.at("/spec/replicas").asInt(1))
                .isPresent());
    }

    private static ObjectNode ended(ObjectNode app, String revision, Instant at) {
        ObjectNode state = ((ObjectNode) app.at("/status/operationState")).deepCopy();
        state.put("phase", "Succeeded").put("message", "successfully synced (all tasks run)");
        state.put("finishedAt", at.toString()).putObject("syncResult").put("revision", revision);
        return state;
    }
}
