package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies in git for an application of Argo CD: the objects as they are to be. It is kept in the world, where nothing
 * that the API server serves shows it.
 */
final class Git {
    private static final String KIND = "~Git";
    private static final String HEAD = "8c1d52f0a7e94b36d2c05f1e9b7a6348d0e5c2f1";

    private Git() {}

    /** Commits these objects, as they are, for an application; of an autoscaled one without a number of replicas. */
    static void commit(World world, String application, List<ObjectNode> objects) {
        ObjectNode content = Json.object().put("kind", KIND);
        content.putObject("metadata").put("name", application);
        objects.forEach(object -> content.withArray("objects").add(desired(world, object)));
        world.store(content);
    }

    private static ObjectNode desired(World world, ObjectNode object) {
        ObjectNode desired = Json.object();
        desired.put("apiVersion", object.path("apiVersion").asText())
                .put("kind", object.path("kind").asText());
        desired.putObject("metadata").put("name", Pods.name(object)).put("namespace", Pods.namespace(object));
        ObjectNode spec = desired.putObject("spec");
        if (!autoscaled(world, object)) {
            spec.set("replicas", object.at("/spec/replicas").deepCopy());
        }
        for (JsonNode container : object.at("/spec/template/spec/containers")) {
            ObjectNode kept = ((ObjectNode) container).deepCopy().retain("name", "image", "resources", "env");
            spec.withObject("/template/spec").withArray("containers").add(kept);
        }
        return desired;
    }

    private static boolean autoscaled(World world, ObjectNode object) {
        return world.all("HorizontalPodAutoscaler", Pods.namespace(object)).stream()
                .anyMatch(autoscaler ->
                        autoscaler.at("/spec/scaleTargetRef/name").asText().equals(Pods.name(object)));
    }

    /** Commits what an application is made of at a new revision, which its branch is at from then on. */
    static void commit(World world, String application, String revision, List<ObjectNode> objects) {
        world.find(new Key(KIND, "", application)).ifPresent(content -> {
            ObjectNode next = content.deepCopy();
            next.withObject("/before").set(head(world, application), next.path("objects"));
            next.put("head", revision).putArray("objects").addAll(objects);
            world.store(next);
        });
    }

    /** Takes the latest revision away, as if nobody had pushed it. */
    static void reset(World world, String application) {
        world.find(new Key(KIND, "", application))
                .filter(content -> content.has("head"))
                .ifPresent(content -> {
                    ObjectNode first = content.deepCopy();
                    first.set("objects", content.path("before").path(HEAD));
                    first.remove(List.of("head", "before"));
                    world.store(first);
                });
    }

    static void forget(World world, String application) {
        world.remove(new Key(KIND, "", application));
    }

    /** As its branch has them. */
    static List<ObjectNode> objects(World world, String application) {
        return objects(world, application, head(world, application));
    }

    /** As a revision has them; one that nobody knows has what the branch has. */
    static List<ObjectNode> objects(World world, String application, String revision) {
        List<ObjectNode> objects = new ArrayList<>();
        world.find(new Key(KIND, "", application))
                .map(content -> content.path("before").has(revision)
                        ? content.path("before").path(revision)
                        : content.path("objects"))
                .ifPresent(found -> found.forEach(object -> objects.add((ObjectNode) object)));
        return objects;
    }

    /** The commit that its branch is at. */
    static String head(World world, String application) {
        return world.find(new Key(KIND, "", application))
                .map(content -> content.path("head").asText(HEAD))
                .orElse(HEAD);
    }

    /** The fields of an object that are not as git has them. */
    static List<List<String>> differences(ObjectNode desired, Optional<ObjectNode> live) {
        JsonNode fields = ManagedFields.owned(desired);
        return live.map(object -> FieldPaths.of(fields).stream()
                        .filter(path -> !FieldPaths.value(fields, path).equals(FieldPaths.value(object, path)))
                        .toList())
                .orElseGet(List::of);
    }
}
