package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;

/**
 * Strategic merge patch, as {@code kubectl patch} sends by default: maps merge, null deletes, the lists below merge by
 * their key, all others are replaced. Directives {@code $patch: delete} and {@code $patch: replace} are honoured.
 */
final class StrategicMerge {
    private static final Map<String, String> MERGE_KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "ephemeralContainers", "name",
            "volumes", "name",
            "env", "name",
            "imagePullSecrets", "name",
            "volumeMounts", "mountPath",
            "ports", "containerPort",
            "conditions", "type",
            "ownerReferences", "uid");
    private static final String DIRECTIVE = "$patch";

    private StrategicMerge() {}

    /** Whether a list of this field merges by the names of its items. */
    static boolean mergesByName(String list) {
        return "name".equals(MERGE_KEYS.get(list));
    }

    /** The object as it is after the patch; neither argument is changed. */
    static ObjectNode merge(ObjectNode object, JsonNode patch) {
        ObjectNode merged = object.deepCopy();
        if ("replace".equals(patch.path(DIRECTIVE).asText())) {
            merged.removeAll();
        }
        patch.properties().forEach(field -> mergeField(merged, field.getKey(), field.getValue()));
        return merged;
    }

    private static void mergeField(ObjectNode into, String name, JsonNode value) {
        if (name.startsWith("$")) {
            return;
        }
        if (value.isNull()) {
            into.remove(name);
        } else if (value.isObject()) {
            into.set(name, merge(into.path(name) instanceof ObjectNode old ? old : Json.object(), value));
        } else if (value instanceof ArrayNode items && keyOf(name, items).isPresent()) {
            into.set(name, mergeList(into.path(name), items, keyOf(name, items).get()));
        } else {
            into.set(name, value.deepCopy());
        }
    }

    /** Ports of a service merge by {@code port}, those of a container by {@code containerPort}. */
    private static Optional<String> keyOf(String list, ArrayNode items) {
        boolean ofService = "ports".equals(list) && items.findValue("containerPort") == null;
        String key = ofService ? "port" : MERGE_KEYS.get(list);
        if (key == null || items.isEmpty()) {
            return Optional.ofNullable(key);
        }
        for (JsonNode item : items) {
            if (!item.has(key)) {
                throw new ClusterFailure(
                        ClusterFailure.Kind.INVALID,
                        "The patch is invalid (400): an item of '" + list + "' does not have the key '" + key
                                + "' that the list merges by. Add it.");
            }
        }
        return Optional.of(key);
    }

    private static ArrayNode mergeList(JsonNode old, ArrayNode items, String key) {
        ArrayNode merged = Json.array();
        old.forEach(item -> merged.add(item.deepCopy()));
        for (JsonNode item : items) {
            int place = placeOf(merged, key, item.get(key));
            if ("delete".equals(item.path(DIRECTIVE).asText())) {
                if (place >= 0) {
                    merged.remove(place);
                }
            } else if (place < 0) {
                merged.add(merge(Json.object(), item));
            } else {
                merged.set(place, merge((ObjectNode) merged.get(place), item));
            }
        }
        return merged;
    }

    private static int placeOf(ArrayNode items, String key, JsonNode value) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
