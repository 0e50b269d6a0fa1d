package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.incidentorchestrator.incident.Target;

/**
 * A Kubernetes object, or a part of one, as an immutable JSON tree. Paths are JSON pointers (RFC 6901). What is absent
 * reads as empty: absence is a normal answer of the Kubernetes API.
 */
public final class KubernetesObject {
    private final JsonNode tree;

    private KubernetesObject(JsonNode tree) {
        this.tree = tree;
    }

    public static KubernetesObject of(JsonNode tree) {
        return new KubernetesObject(tree.deepCopy());
    }

    /** A copy that the caller may change. */
    public ObjectNode toJson() {
        return tree.deepCopy();
    }

    public KubernetesObject at(String pointer) {
        return new KubernetesObject(tree.at(pointer));
    }

    public boolean exists() {
        return !tree.isMissingNode() && !tree.isNull();
    }

    public Optional<String> text(String pointer) {
        JsonNode node = tree.at(pointer);
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }

    public String text(String pointer, String otherwise) {
        return text(pointer).orElse(otherwise);
    }

    public int number(String pointer, int otherwise) {
        JsonNode node = tree.at(pointer);
        return node.isNumber() ? node.intValue() : otherwise;
    }

    public Optional<Integer> number(String pointer) {
        JsonNode node = tree.at(pointer);
        return node.isNumber() ? Optional.of(node.intValue()) : Optional.empty();
    }

    public boolean flag(String pointer) {
        return tree.at(pointer).asBoolean(false);
    }

    /** A time as Kubernetes writes it (RFC 3339, UTC). */
    public Optional<Instant> time(String pointer) {
        return text(pointer).map(Instant::parse);
    }

    /** The elements of an array; empty where there is none. */
    public List<KubernetesObject> items(String pointer) {
        List<KubernetesObject> items = new ArrayList<>();
        tree.at(pointer).forEach(item -> items.add(new KubernetesObject(item)));
        return List.copyOf(items);
    }

    /** A map of strings, such as labels, in the object's order. */
    public Map<String, String> map(String pointer) {
        Map<String, String> map = new LinkedHashMap<>();
        tree.at(pointer)
                .properties()
                .forEach(field -> map.put(field.getKey(), field.getValue().asText()));
        return java.util.Collections.unmodifiableMap(map);
    }

    public String kind() {
        return text("/kind", "");
    }

    public String namespace() {
        return text("/metadata/namespace", "");
    }

    public String name() {
        return text("/metadata/name", "");
    }

    public String uid() {
        return text("/metadata/uid", "");
    }

    public String resourceVersion() {
        return text("/metadata/resourceVersion", "");
    }

    public Map<String, String> labels() {
        return map("/metadata/labels");
    }

    public Optional<String> annotation(String name) {
        return Optional.ofNullable(map("/metadata/annotations").get(name));
    }

    public Target target() {
        return new Target(kind(), namespace(), name());
    }

    /** The owner that controls this object (its replica set, its deployment …). */
    public Optional<KubernetesObject> controller() {
        return items("/metadata/ownerReferences").stream()
                .filter(owner -> owner.flag("/controller"))
                .findFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KubernetesObject that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tree);
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return tree.isMissingNode() ? "" : tree.toString();
    }
}
