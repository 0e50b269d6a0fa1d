package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7386), the only one that custom kinds take: maps merge, null deletes, lists are replaced. */
final class MergePatch {
    private MergePatch() {}

    /** The object as it is after the patch; neither argument is changed. */
    static ObjectNode merge(ObjectNode object, JsonNode patch) {
        ObjectNode merged = object.deepCopy();
        patch.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                merged.remove(name);
            } else if (value.isObject()) {
                merged.set(name, merge(merged.path(name) instanceof ObjectNode old ? old : Json.object(), value));
            } else {
                merged.set(name, value.deepCopy());
            }
        });
        return merged;
    }
}
