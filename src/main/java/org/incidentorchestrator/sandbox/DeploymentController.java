package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rolls a deployment: one replica set for each template, the newest grown and the others shrunk as far as
 * {@code maxSurge} and {@code maxUnavailable} allow. A paused one only scales what it has.
 */
final class DeploymentController {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HASH = "pod-template-hash";

    private final World world;
    private final ObjectNode deployment;
    private final Instant at;
    private final int wanted;

    DeploymentController(World world, ObjectNode deployment, Instant at) {
        this.world = world;
        this.deployment = deployment;
        this.at = at;
        this.wanted = deployment.at("/spec/replicas").asInt(1);
    }

    void settle() {
        Optional<ObjectNode> current = current(world, deployment);
        if (current.isEmpty() && !paused(deployment)) {
            current = Optional.of(create());
        }
        if (paused(deployment)) {
            newest().ifPresent(set -> scale(set, wanted - replicas(others(set))));
        } else if (recreates()) {
            recreate(current.get());
        } else {
            roll(current.get());
        }
    }

    /** The replica set of the template as it stands in the deployment. */
    static Optional<ObjectNode> current(World world, ObjectNode deployment) {
        String hash = hashOf(deployment);
        return Pods.ownedBy(world, deployment, "ReplicaSet").stream()
                .filter(set -> set.at("/metadata/labels/" + HASH).asText().equals(hash))
                .findFirst();
    }

    static boolean paused(JsonNode deployment) {
        return deployment.at("/spec/paused").asBoolean();
    }

    /** What a rolling update may have too many, and too few, of. */
    static int maxSurge(JsonNode deployment) {
        JsonNode surge = deployment.at("/spec/strategy/rollingUpdate/maxSurge");
        int wanted = deployment.at("/spec/replicas").asInt(1);
        return Quantity.share(surge.isMissingNode() ? Json.array().add("25%").get(0) : surge, wanted, true);
    }

    static int maxUnavailable(JsonNode deployment) {
        JsonNode missing = deployment.at("/spec/strategy/rollingUpdate/maxUnavailable");
        int wanted = deployment.at("/spec/replicas").asInt(1);
        int share =
                Quantity.share(missing.isMissingNode() ? Json.array().add("25%").get(0) : missing, wanted, false);
        return share == 0 && maxSurge(deployment) == 0 ? 1 : share;
    }

    private boolean recreates() {
        return "Recreate".equals(deployment.at("/spec/strategy/type").asText());
    }

    private void recreate(ObjectNode current) {
        others(current).forEach(set -> scale(set, 0));
        boolean oldOnesGone = others(current).stream()
                .allMatch(set -> Pods.ownedBy(world, set, "Pod").isEmpty());
        if (oldOnesGone) {
            scale(current, wanted);
        }
    }

    private void roll(ObjectNode current) {
        List<ObjectNode> others = others(current);
        int surplus = replicas(others) == 0 ? 0 : maxSurge(deployment);
        int room = wanted + surplus - replicas(others);
        int grown = Math.max(Math.min(current.at("/spec/replicas").asInt(), wanted), Math.min(wanted, room));
        scale(current, grown);
        if (replicas(others) > 0) {
            shrink(others, current);
        }
    }

    private void shrink(List<ObjectNode> others, ObjectNode current) {
        int needed = wanted - maxUnavailable(deployment);
        int notReadyOfCurrent = current.at("/spec/replicas").asInt() - ready(current);
        int mayGo = replicas(others) + current.at("/spec/replicas").asInt() - needed - notReadyOfCurrent;
        for (ObjectNode set : others) {
            int unhealthy = set.at("/spec/replicas").asInt() - ready(set);
            int gone = Math.max(0, Math.min(unhealthy, mayGo));
            scale(set, set.at("/spec/replicas").asInt() - gone);
            mayGo -= gone;
        }
        int spare = others.stream().mapToInt(this::ready).sum() + ready(current) - needed;
        for (ObjectNode set : others) {
            int gone = Math.max(0, Math.min(set.at("/spec/replicas").asInt(), Math.min(spare, mayGo)));
            scale(set, set.at("/spec/replicas").asInt() - gone);
            spare -= gone;
            mayGo -= gone;
        }
    }

    private int ready(ObjectNode set) {
        return (int)
                Pods.ownedBy(world, set, "Pod").stream().filter(Pods::ready).count();
    }

    private Optional<ObjectNode> newest() {
        return Pods.ownedBy(world, deployment, "ReplicaSet").stream()
                .max(Comparator.comparingInt(DeploymentController::revision));
    }

    private List<ObjectNode> others(ObjectNode current) {
        return Pods.ownedBy(world, deployment, "ReplicaSet").stream()
                .filter(set -> !Pods.uid(set).equals(Pods.uid(current)))
                .sorted(Comparator.comparingInt(DeploymentController::revision))
                .toList();
    }

    private static int replicas(List<ObjectNode> sets) {
        return sets.stream().mapToInt(set -> set.at("/spec/replicas").asInt()).sum();
    }

    private static int revision(JsonNode set) {
        return set.path("metadata").path("annotations").path(REVISION).asInt();
    }

    private ObjectNode create() {
        int revision = newest().map(DeploymentController::revision).orElse(0) + 1;
        String hash = hashOf(deployment);
        ObjectNode set = Json.object().put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
        ObjectNode metadata = set.putObject("metadata");
        metadata.put("name", Pods.name(deployment) + "-" + hash).put("namespace", Pods.namespace(deployment));
        metadata.putObject("annotations").put(REVISION, Integer.toString(revision));
        metadata.set("ownerReferences", Json.array().add(ReplicaSetController.owner(deployment)));
        ObjectNode spec = set.putObject("spec").put("replicas", 0);
        spec.set("selector", deployment.at("/spec/selector").deepCopy());
        spec.withObjectProperty("selector").withObjectProperty("matchLabels").put(HASH, hash);
        spec.set("template", deployment.at("/spec/template").deepCopy());
        ObjectNode labels = spec.withObjectProperty("template")
                .withObjectProperty("metadata")
                .withObjectProperty("labels")
                .put(HASH, hash);
        metadata.set("labels", labels.deepCopy());
        ObjectNode created = new ApiServer(world, Status.CONTROLLER_MANAGER, at).create(set);
        annotate(revision);
        return created;
    }

    private void annotate(int revision) {
        deployment
                .withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put(REVISION, "" + revision);
        world.store(deployment);
    }

    private void scale(ObjectNode set, int to) {
        int from = set.at("/spec/replicas").asInt();
        int replicas = Math.max(0, to);
        if (from != replicas) {
            ((ObjectNode) set.path("spec")).put("replicas", replicas);
            ((ObjectNode) set.path("metadata"))
                    .put("generation", set.at("/metadata/generation").asInt() + 1);
            world.store(set);
            EventLog.note(
                    world,
                    deployment,
                    "Normal",
                    "ScalingReplicaSet",
                    "Scaled " + (from < replicas ? "up" : "down") + " replica set " + Pods.name(set) + " from " + from
                            + " to " + replicas,
                    at);
        }
    }

    private static String hashOf(JsonNode deployment) {
        long hash = deployment.at("/spec/template").toString().hashCode() * 0x9E3779B97F4A7C15L;
        return World.letters(hash, 9);
    }
}
