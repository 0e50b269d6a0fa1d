package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;

/** Keeps as many pods as a replica set wants, and lets go of those that it no longer selects. */
final class ReplicaSetController {
    private static final Comparator<ObjectNode> FIRST_TO_GO = Comparator.<ObjectNode, Boolean>comparing(Pods::ready)
            .thenComparing(Pods::born, Comparator.reverseOrder())
            .thenComparing(Pods::name);

    static final String FAILURE = "ReplicaFailure";

    private final World world;
    private final ObjectNode set;
    private final Instant at;

    ReplicaSetController(World world, ObjectNode set, Instant at) {
        this.world = world;
        this.set = set;
        this.at = at;
    }

    void settle() {
        release();
        List<ObjectNode> pods = pods();
        int wanted = set.at("/spec/replicas").asInt();
        Optional<String> refused = Optional.empty();
        for (int missing = wanted - pods.size(); missing > 0 && refused.isEmpty(); missing--) {
            refused = Quotas.refusal(world, Pods.namespace(set), set.at("/spec/template/spec"));
            if (refused.isEmpty()) {
                create();
            }
        }
        pods.stream()
                .sorted(FIRST_TO_GO)
                .limit(Math.max(0, pods.size() - wanted))
                .forEach(this::delete);
        writeStatus(refused.map(why -> "pods \"" + Pods.name(set) + "-\" is forbidden: " + why));
    }

    private List<ObjectNode> pods() {
        return Pods.ownedBy(world, set, "Pod").stream().filter(Pods::staying).toList();
    }

    private void release() {
        LabelSelector labels = LabelSelector.of(KubernetesObject.of(set.at("/spec/selector")));
        for (ObjectNode pod : pods()) {
            if (!labels.matches(Pods.labels(pod))) {
                ((ObjectNode) pod.path("metadata")).remove("ownerReferences");
                world.store(pod);
            }
        }
    }

    private void create() {
        ObjectNode pod = ((ObjectNode) set.at("/spec/template")).deepCopy();
        ObjectNode metadata = pod.withObjectProperty("metadata");
        String name = Pods.name(set) + "-" + world.newSuffix();
        metadata.put("name", name).put("generateName", Pods.name(set) + "-").put("namespace", Pods.namespace(set));
        metadata.set("ownerReferences", Json.array().add(owner(set)));
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode spec = (ObjectNode) pod.path("spec");
        spec.put("restartPolicy", "Always").put("serviceAccountName", "default");
        spec.path("containers").forEach(ReplicaSetController::requestItsLimits);
        new ApiServer(world, Status.CONTROLLER_MANAGER, at).create(pod);
        EventLog.note(world, set, "Normal", "SuccessfulCreate", "Created pod: " + name, at);
    }

    /** The API server writes that into pods, and not into the templates that they are made from. */
    private static void requestItsLimits(JsonNode container) {
        container.at("/resources/limits").properties().forEach(limit -> {
            ObjectNode requests = ((ObjectNode) container.path("resources")).withObjectProperty("requests");
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        });
    }

    private void delete(ObjectNode pod) {
        new ApiServer(world, Status.CONTROLLER_MANAGER, at).delete(Key.of(pod));
        EventLog.note(world, set, "Normal", "SuccessfulDelete", "Deleted pod: " + Pods.name(pod), at);
    }

    /** @param refused why a pod could not be made; told once for each new reason */
    private void writeStatus(Optional<String> refused) {
        List<ObjectNode> pods = pods();
        int ready = (int) pods.stream().filter(Pods::ready).count();
        ObjectNode status = Json.object();
        status.put("replicas", pods.size()).put("fullyLabeledReplicas", pods.size());
        status.put("readyReplicas", ready).put("availableReplicas", ready);
        status.put("observedGeneration", set.at("/metadata/generation").asInt());
        refused.ifPresent(why -> {
            if (!Pods.condition(set, FAILURE).path("message").asText().equals(why)) {
                EventLog.note(world, set, "Warning", "FailedCreate", "Error creating: " + why, at);
            }
            Status.condition(set, status.putArray("conditions"), FAILURE, "True", "FailedCreate", why, at);
        });
        Status.write(world, set, status, Status.CONTROLLER_MANAGER, at);
    }

    static ObjectNode owner(JsonNode of) {
        return Json.object()
                .put("apiVersion", of.path("apiVersion").asText())
                .put("kind", of.path("kind").asText())
                .put("name", Pods.name(of))
                .put("uid", Pods.uid(of))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }
}
