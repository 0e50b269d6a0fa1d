package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rolls a deployment: one replica set for each template, the newest grown and the others shrunk as far as
 * {@code maxSurge} and {@code maxUnavailable} allow. A paused one only scales what it has.
 */
final class DeploymentController {
    private final World world;
    private final ObjectNode deployment;
    private final ReplicaSets sets;
    private final Instant at;
    private final int wanted;

    DeploymentController(World world, ObjectNode deployment, Instant at) {
        this.world = world;
        this.deployment = deployment;
        this.sets = new ReplicaSets(world, deployment);
        this.at = at;
        this.wanted = deployment.at("/spec/replicas").asInt(1);
    }

    void settle() {
        Optional<ObjectNode> current = sets.current();
        if (current.isEmpty() && !paused(deployment)) {
            current = Optional.of(create());
        }
        if (paused(deployment)) {
            sets.newest().ifPresent(set -> scale(set, wanted - ReplicaSets.replicas(sets.others(set))));
        } else if (recreates()) {
            recreate(current.get());
        } else {
            roll(current.get());
        }
    }

    static boolean paused(JsonNode deployment) {
        return deployment.at("/spec/paused").asBoolean();
    }

    /** What a rolling update may have too many, and too few, of. */
    static int maxSurge(JsonNode deployment) {
        JsonNode surge = deployment.at("/spec/strategy/rollingUpdate/maxSurge");
        int wanted = deployment.at("/spec/replicas").asInt(1);
        return IntOrPercent.share(
                surge.isMissingNode() ? Json.array().add("25%").get(0) : surge, wanted, true);
    }

    static int maxUnavailable(JsonNode deployment) {
        JsonNode missing = deployment.at("/spec/strategy/rollingUpdate/maxUnavailable");
        int wanted = deployment.at("/spec/replicas").asInt(1);
        int share = IntOrPercent.share(
                missing.isMissingNode() ? Json.array().add("25%").get(0) : missing, wanted, false);
        return share == 0 && maxSurge(deployment) == 0 ? 1 : share;
    }

    private boolean recreates() {
        return "Recreate".equals(deployment.at("/spec/strategy/type").asText());
    }

    private void recreate(ObjectNode current) {
        sets.others(current).forEach(set -> scale(set, 0));
        boolean oldOnesGone = sets.others(current).stream()
                .allMatch(set -> Pods.ownedBy(world, set, "Pod").isEmpty());
        if (oldOnesGone) {
            scale(current, wanted);
        }
    }

    private void roll(ObjectNode current) {
        List<ObjectNode> others = sets.others(current);
        int surplus = ReplicaSets.replicas(others) == 0 ? 0 : maxSurge(deployment);
        int room = wanted + surplus - ReplicaSets.replicas(others);
        int grown = Math.max(Math.min(current.at("/spec/replicas").asInt(), wanted), Math.min(wanted, room));
        scale(current, grown);
        if (ReplicaSets.replicas(others) > 0) {
            shrink(others, current);
        }
    }

    private void shrink(List<ObjectNode> others, ObjectNode current) {
        int needed = wanted - maxUnavailable(deployment);
        int notReadyOfCurrent = current.at("/spec/replicas").asInt() - ready(current);
        int mayGo = ReplicaSets.replicas(others) + current.at("/spec/replicas").asInt() - needed - notReadyOfCurrent;
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

    /** The deployment carries the revision of its newest replica set, as {@code kubectl rollout history} reads it. */
    private ObjectNode create() {
        ObjectNode created = new ApiServer(world, Status.CONTROLLER_MANAGER, at).create(sets.manifest());
        deployment
                .withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .set(ReplicaSets.REVISION, created.at("/metadata/annotations").path(ReplicaSets.REVISION));
        world.store(deployment);
        return created;
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
}
