package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The replica sets of a deployment: one for each template that it has had, told apart by the template's hash. */
final class ReplicaSets {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HASH = "pod-template-hash";

    private final World world;
    private final ObjectNode deployment;

    ReplicaSets(World world, ObjectNode deployment) {
        this.world = world;
        this.deployment = deployment;
    }

    /** Oldest first. */
    List<ObjectNode> all() {
        return Pods.ownedBy(world, deployment, "ReplicaSet").stream()
                .sorted(Comparator.comparingInt(ReplicaSets::revision))
                .toList();
    }

    /** That of the template as it stands in the deployment. */
    Optional<ObjectNode> current() {
        String hash = templateHash();
        return all().stream().filter(set -> hashOf(set).equals(hash)).findFirst();
    }

    Optional<ObjectNode> newest() {
        return all().stream().reduce((older, newer) -> newer);
    }

    List<ObjectNode> others(ObjectNode than) {
        return all().stream()
                .filter(set -> !Pods.uid(set).equals(Pods.uid(than)))
                .toList();
    }

    /** Of all of them. */
    List<ObjectNode> pods() {
        return all().stream()
                .flatMap(set -> Pods.ownedBy(world, set, "Pod").stream())
                .toList();
    }

    /** A new one, of the deployment's template, without pods yet. */
    ObjectNode manifest() {
        String hash = templateHash();
        ObjectNode set = Json.object().put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
        ObjectNode metadata = set.putObject("metadata");
        metadata.put("name", Pods.name(deployment) + "-" + hash).put("namespace", Pods.namespace(deployment));
        int revision = newest().map(ReplicaSets::revision).orElse(0) + 1;
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
        return set;
    }

    /** Of a replica set or a pod. */
    static String hashOf(JsonNode object) {
        return object.at("/metadata/labels/" + HASH).asText();
    }

    static int replicas(List<ObjectNode> sets) {
        return sets.stream().mapToInt(set -> set.at("/spec/replicas").asInt()).sum();
    }

    private static int revision(JsonNode set) {
        return set.at("/metadata/annotations").path(REVISION).asInt();
    }

    private String templateHash() {
        long hash = deployment.at("/spec/template").toString().hashCode() * 0x9E3779B97F4A7C15L;
        return World.letters(hash, 9);
    }
}
