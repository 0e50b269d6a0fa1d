package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;

/** Keeps as many pods as a replica set wants, and lets go of those that it no longer selects. */
final class ReplicaSetController {
    private static final Comparator<ObjectNode> FIRST_TO_GO = Comparator.<ObjectNode, Boolean>comparing(Pods::ready)
            .thenComparing(Pods::born, Comparator.reverseOrder())
            .thenComparing(Pods::name);

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
        for (int missing = wanted - pods.size(); missing > 0; missing--) {
            create();
        }
        pods.stream()
                .sorted(FIRST_TO_GO)
                .limit(Math.max(0, pods.size() - wanted))
                .forEach(this::delete);
        writeStatus(wanted);
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
        spec.put("nodeName", node()).put("restartPolicy", "Always").put("serviceAccountName", "default");
        new ApiServer(world, Status.CONTROLLER_MANAGER, at).create(pod);
        EventLog.note(world, set, "Normal", "SuccessfulCreate", "Created pod: " + name, at);
    }

    /** The node with the fewest pods. */
    private String node() {
        return world.all("Node").stream()
                .map(Pods::name)
                .min(Comparator.comparingLong(this::podsOn))
                .orElse("");
    }

    private long podsOn(String node) {
        return world.all("Pod").stream()
                .filter(pod -> pod.at("/spec/nodeName").asText().equals(node))
                .count();
    }

    private void delete(ObjectNode pod) {
        new ApiServer(world, Status.CONTROLLER_MANAGER, at).delete(Key.of(pod));
        EventLog.note(world, set, "Normal", "SuccessfulDelete", "Deleted pod: " + Pods.name(pod), at);
    }

    private void writeStatus(int wanted) {
        List<ObjectNode> pods = pods();
        int ready = (int) pods.stream().filter(Pods::ready).count();
        ObjectNode status = Json.object();
        status.put("replicas", pods.size()).put("fullyLabeledReplicas", pods.size());
        status.put("readyReplicas", ready).put("availableReplicas", ready);
        status.put("observedGeneration", set.at("/metadata/generation").asInt());
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
