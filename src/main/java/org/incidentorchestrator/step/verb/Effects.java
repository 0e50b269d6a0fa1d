package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Effect.OnCluster;

/** The changes that the acts make: a patch of an object, and the end of a pod. */
public final class Effects {
    private static final String DIRECTIVE = "$patch";

    private Effects() {}

    /**
     * A patch that can be taken back: what it overwrites is recorded, and is a part of what it was decided on.
     *
     * @param before JSON pointers to further values that the decision depended on; what is absent is {@code null}
     */
    public static Effect patch(KubernetesObject object, String action, ObjectNode body, String... before) {
        return patched(object, action, body, Identity.CHANGE, before);
    }

    private static OnCluster patched(
            KubernetesObject object, String action, ObjectNode body, Identity identity, String... before) {
        ObjectNode now = object.toJson();
        Change.Patch change = new Change.Patch(object.target(), object.uid(), object.resourceVersion(), body, identity);
        List<PatchedField> fields = PatchedField.of(change);
        Map<String, String> values = new TreeMap<>();
        Stream.of(before).forEach(pointer -> values.put(pointer, value(object.at(pointer))));
        fields.stream()
                .filter(field -> !field.whole())
                .forEach(field -> values.put(field.pointer(now), value(KubernetesObject.of(field.in(now)))));
        ObjectNode then = now.deepCopy();
        merge(then, body, custom(object));
        return new OnCluster(
                change,
                action,
                values,
                Kept.spec(object),
                Kept.spec(KubernetesObject.of(then)),
                Optional.of(PatchedField.back(fields, now)));
    }

    /** A patch that is not taken back by setting its values back: a restart, or what another step takes back. */
    public static Effect patchForGood(KubernetesObject object, String action, ObjectNode body, String... before) {
        return patchForGoodAs(Identity.CHANGE, object, action, body, before);
    }

    public static Effect patchForGoodAs(
            Identity identity, KubernetesObject object, String action, ObjectNode body, String... before) {
        OnCluster patch = patched(object, action, body, identity, before);
        return new OnCluster(patch.change(), action, patch.before(), patch.now(), patch.then());
    }

    /** Decided on the pod itself, which the change names by its uid; afterwards there is no such pod. */
    public static Effect evict(KubernetesObject pod, String action) {
        Change change = new Change.Evict(pod.target(), pod.uid(), pod.resourceVersion(), Identity.CHANGE);
        return new OnCluster(change, action, Map.of(), Kept.spec(pod), JsonNodeFactory.instance.objectNode());
    }

    /** The same past its disruption budgets. */
    public static Effect delete(KubernetesObject pod, boolean force) {
        return delete(Identity.CHANGE, pod, "delete", force);
    }

    /** Of any object, which the change names by its uid. */
    public static Effect deleteAs(Identity identity, KubernetesObject object, String action) {
        return delete(identity, object, action, false);
    }

    private static Effect delete(Identity identity, KubernetesObject object, String action, boolean force) {
        Change change = new Change.Delete(object.target(), object.uid(), object.resourceVersion(), force, identity);
        return new OnCluster(change, action, Map.of(), Kept.spec(object), JsonNodeFactory.instance.objectNode());
    }

    private static boolean custom(KubernetesObject object) {
        return ResourceType.ofKind(object.kind()).filter(ResourceType::custom).isPresent();
    }

    private static String value(KubernetesObject value) {
        return value.exists() ? value.toString() : "null";
    }

    /** As the API server will merge it, as far as our patches go: lists by name, or whole where the kind is custom. */
    private static void merge(ObjectNode into, JsonNode patch, boolean custom) {
        if (patch.path(DIRECTIVE).asText("").equals("replace")) {
            into.removeAll();
        }
        patch.properties().stream()
                .filter(field -> !field.getKey().equals(DIRECTIVE))
                .forEach(field -> merge(into, field.getKey(), field.getValue(), custom));
    }

    private static void merge(ObjectNode into, String key, JsonNode value, boolean custom) {
        if (value.isNull()) {
            into.remove(key);
        } else if (value.isObject()) {
            merge(into.path(key) instanceof ObjectNode there ? there : into.putObject(key), value, custom);
        } else if (value.isArray() && into.path(key) instanceof ArrayNode list && !custom && named(value)) {
            value.forEach(item -> merge(item(list, item.path("name").asText()), item, false));
        } else {
            into.set(key, value);
        }
    }

    private static boolean named(JsonNode list) {
        return !list.findValues("name").isEmpty() && list.get(0).path("name").isTextual();
    }

    private static ObjectNode item(ArrayNode list, String name) {
        for (JsonNode item : list) {
            if (item.path("name").asText("").equals(name)) {
                return (ObjectNode) item;
            }
        }
        return list.addObject();
    }
}
