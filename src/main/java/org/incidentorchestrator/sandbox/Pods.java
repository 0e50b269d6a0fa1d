package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;

/** What is asked of stored objects again and again: owners, selectors, readiness. */
final class Pods {
    private Pods() {}

    /** @throws ClusterFailure NOT_FOUND */
    static ObjectNode named(World world, String namespace, String name) {
        return world.find(new Key("Pod", namespace, name))
                .orElseThrow(() -> new ClusterFailure(
                        ClusterFailure.Kind.NOT_FOUND,
                        "Pod " + namespace + "/" + name + " is not there (404). List the workload's pods again."));
    }

    static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    static Instant born(JsonNode object) {
        return Instant.parse(object.at("/metadata/creationTimestamp").asText());
    }

    static List<ObjectNode> ownedBy(World world, JsonNode owner, String kind) {
        return world.all(kind, namespace(owner)).stream()
                .filter(object -> ownerUid(object).filter(uid(owner)::equals).isPresent())
                .toList();
    }

    static Optional<String> ownerUid(JsonNode object) {
        return Optional.of(object.at("/metadata/ownerReferences/0/uid").asText(""))
                .filter(uid -> !uid.isEmpty());
    }

    /** In the namespace of the one that selects; {@code selector} as it stands in a spec. */
    static List<ObjectNode> selectedBy(World world, String namespace, JsonNode selector) {
        if (selector.isMissingNode() || selector.isEmpty()) {
            return List.of();
        }
        LabelSelector labels = LabelSelector.of(KubernetesObject.of(selector));
        return world.all("Pod", namespace).stream()
                .filter(Pods::staying)
                .filter(pod -> labels.matches(labels(pod)))
                .toList();
    }

    static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new HashMap<>();
        object.at("/metadata/labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    /** Not being deleted. */
    static boolean staying(JsonNode pod) {
        return !pod.at("/metadata").has("deletionTimestamp");
    }

    static boolean ready(JsonNode pod) {
        return staying(pod) && condition(pod, "Ready").path("status").asText().equals("True");
    }

    static JsonNode condition(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return Json.MAPPER.missingNode();
    }

    /** The deployment that a pod belongs to, by way of its replica set. */
    static Optional<ObjectNode> deploymentOf(World world, JsonNode pod) {
        return ownerOf(world, pod, "ReplicaSet").flatMap(set -> ownerOf(world, set, "Deployment"));
    }

    static Optional<ObjectNode> ownerOf(World world, JsonNode object, String kind) {
        JsonNode owner = object.at("/metadata/ownerReferences/0");
        return owner.path("kind").asText().equals(kind)
                ? world.find(new Key(kind, namespace(object), owner.path("name").asText()))
                : Optional.empty();
    }

    /** @throws ClusterFailure INVALID when the pod has no such container */
    static void requireContainer(JsonNode pod, String name) {
        for (JsonNode container : pod.at("/spec/containers")) {
            if (container.path("name").asText().equals(name)) {
                return;
            }
        }
        throw new ClusterFailure(
                ClusterFailure.Kind.INVALID,
                "container " + name + " is not valid for pod " + name(pod)
                        + " (400). Take a name from spec.containers.");
    }

    /** Whether its readiness is asked by a probe; without one a container is ready as soon as it runs. */
    static boolean probed(JsonNode pod) {
        return pod.at("/spec/containers/0").has("readinessProbe");
    }
}
