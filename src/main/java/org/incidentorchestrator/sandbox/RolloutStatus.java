package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A deployment's status, as its controller writes it and {@code kubectl rollout status} reads it. */
final class RolloutStatus {
    private static final String COMPLETE = "NewReplicaSetAvailable";
    private static final String TOO_LATE = "ProgressDeadlineExceeded";

    private RolloutStatus() {}

    static void settle(World world, ObjectNode deployment, Instant at) {
        ObjectNode status = counts(world, deployment);
        ArrayNode conditions = status.putArray("conditions");
        addAvailable(deployment, status, conditions, at);
        addProgressing(world, deployment, status, conditions, at);
        addFailure(world, deployment, conditions, at);
        Status.write(world, deployment, status, Status.CONTROLLER_MANAGER, at);
    }

    /** When the controller gives up waiting for progress. */
    static Optional<Instant> deadline(JsonNode deployment) {
        JsonNode progressing = Pods.condition(deployment, "Progressing");
        boolean waiting = progressing.path("status").asText().equals("True")
                && !progressing.path("reason").asText().equals(COMPLETE);
        return waiting
                ? Optional.of(Instant.parse(progressing.path("lastUpdateTime").asText())
                        .plusSeconds(
                                deployment.at("/spec/progressDeadlineSeconds").asLong(600)))
                : Optional.empty();
    }

    /** Since when the rollout of the present template is complete. */
    static Optional<Instant> completeSince(JsonNode deployment) {
        JsonNode progressing = Pods.condition(deployment, "Progressing");
        return progressing.path("reason").asText().equals(COMPLETE)
                ? Optional.of(Instant.parse(progressing.path("lastUpdateTime").asText()))
                : Optional.empty();
    }

    /** Since when the latest of the pods that make up the wanted number is ready; empty while there are too few. */
    static Optional<Instant> healthySince(World world, ObjectNode deployment) {
        List<ObjectNode> ready = new ReplicaSets(world, deployment)
                .pods().stream().filter(Pods::ready).toList();
        return ready.size() < deployment.at("/spec/replicas").asInt(1)
                ? Optional.empty()
                : ready.stream()
                        .map(pod -> Pods.condition(pod, "Ready")
                                .path("lastTransitionTime")
                                .asText())
                        .map(Instant::parse)
                        .max(Instant::compareTo);
    }

    private static ObjectNode counts(World world, ObjectNode deployment) {
        List<ObjectNode> sets = Pods.ownedBy(world, deployment, "ReplicaSet");
        int wanted = deployment.at("/spec/replicas").asInt(1);
        int updated = new ReplicaSets(world, deployment)
                .current()
                .map(set -> set.at("/status/replicas").asInt())
                .orElse(0);
        int ready = sum(sets, "/status/readyReplicas");
        int total = sum(sets, "/status/replicas");
        ObjectNode status = Json.object();
        status.put("observedGeneration", deployment.at("/metadata/generation").asInt());
        putUnlessZero(status, "replicas", total);
        putUnlessZero(status, "updatedReplicas", updated);
        putUnlessZero(status, "readyReplicas", ready);
        putUnlessZero(status, "availableReplicas", ready);
        putUnlessZero(status, "unavailableReplicas", Math.max(0, Math.max(wanted, total) - ready));
        return status;
    }

    /** Go's {@code omitempty}: a count of zero is left out. */
    private static void putUnlessZero(ObjectNode status, String name, int count) {
        if (count != 0) {
            status.put(name, count);
        }
    }

    private static int sum(List<ObjectNode> sets, String pointer) {
        return sets.stream().mapToInt(set -> set.at(pointer).asInt()).sum();
    }

    private static void addAvailable(ObjectNode deployment, ObjectNode status, ArrayNode conditions, Instant at) {
        int needed = deployment.at("/spec/replicas").asInt(1) - DeploymentController.maxUnavailable(deployment);
        boolean enough = status.path("availableReplicas").asInt() >= needed;
        put(
                deployment,
                conditions,
                "Available",
                enough ? "True" : "False",
                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
                at);
    }

    /** That pods cannot be made is told of the replica set that should have them. */
    private static void addFailure(World world, ObjectNode deployment, ArrayNode conditions, Instant at) {
        Optional<JsonNode> failure = new ReplicaSets(world, deployment)
                .current()
                .map(set -> Pods.condition(set, ReplicaSetController.FAILURE))
                .filter(condition -> !condition.isMissingNode());
        failure.ifPresent(condition -> put(
                deployment,
                conditions,
                ReplicaSetController.FAILURE,
                "True",
                condition.path("reason").asText(),
                condition.path("message").asText(),
                at));
    }

    private static void addProgressing(
            World world, ObjectNode deployment, ObjectNode status, ArrayNode conditions, Instant at) {
        String set = "ReplicaSet \""
                + new ReplicaSets(world, deployment).current().map(Pods::name).orElse("") + "\"";
        JsonNode old = Pods.condition(deployment, "Progressing");
        boolean sameTemplate = old.path("message").asText().contains(set);
        boolean wasComplete = sameTemplate && old.path("reason").asText().equals(COMPLETE);
        boolean late = deadline(deployment).filter(end -> !end.isAfter(at)).isPresent()
                || old.path("reason").asText().equals(TOO_LATE);
        if (DeploymentController.paused(deployment)) {
            put(deployment, conditions, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", at);
        } else if (complete(deployment, status) || wasComplete) {
            put(deployment, conditions, "Progressing", "True", COMPLETE, set + " has successfully progressed.", at);
        } else if (sameTemplate && late && !progressed(deployment, status)) {
            put(deployment, conditions, "Progressing", "False", TOO_LATE, set + " has timed out progressing.", at);
        } else {
            ObjectNode condition = put(
                    deployment, conditions, "Progressing", "True", "ReplicaSetUpdated", set + " is progressing.", at);
            if (progressed(deployment, status)) {
                condition.put("lastUpdateTime", at.toString());
            }
        }
    }

    private static boolean complete(JsonNode deployment, JsonNode status) {
        int wanted = deployment.at("/spec/replicas").asInt(1);
        return status.path("updatedReplicas").asInt() == wanted
                && status.path("replicas").asInt() == wanted
                && status.path("availableReplicas").asInt() >= wanted;
    }

    private static boolean progressed(JsonNode deployment, JsonNode status) {
        JsonNode old = deployment.path("status");
        return status.path("updatedReplicas").asInt()
                        > old.path("updatedReplicas").asInt()
                || status.path("readyReplicas").asInt()
                        > old.path("readyReplicas").asInt();
    }

    private static ObjectNode put(
            ObjectNode deployment,
            ArrayNode conditions,
            String type,
            String status,
            String reason,
            String message,
            Instant at) {
        JsonNode old = Pods.condition(deployment, type);
        boolean same = old.path("reason").asText().equals(reason)
                && old.path("message").asText().equals(message);
        return Status.condition(deployment, conditions, type, status, reason, message, at)
                .put("lastUpdateTime", same ? old.path("lastUpdateTime").asText() : at.toString());
    }
}
