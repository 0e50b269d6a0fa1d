package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Who wrote what: {@code metadata.managedFields}, one entry for each manager and subresource, as of its latest write. */
final class ManagedFields {
    private ManagedFields() {}

    static void note(ObjectNode object, String manager, String subresource, JsonNode written, Instant at) {
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        ArrayNode entries = metadata.withArray("managedFields");
        ObjectNode entry = entryOf(entries, manager, subresource);
        ObjectNode fields = entry.path("fieldsV1") instanceof ObjectNode old ? old : Json.object();
        entry.put("manager", manager)
                .put("operation", "Update")
                .put("apiVersion", object.path("apiVersion").asText())
                .put("time", at.toString())
                .put("fieldsType", "FieldsV1")
                .set("fieldsV1", fields);
        if (!subresource.isEmpty()) {
            entry.put("subresource", subresource);
        }
        collect(written, fields);
    }

    private static ObjectNode entryOf(ArrayNode entries, String manager, String subresource) {
        for (JsonNode entry : entries) {
            if (entry.path("manager").asText().equals(manager)
                    && entry.path("subresource").asText("").equals(subresource)) {
                return (ObjectNode) entry;
            }
        }
        return entries.addObject();
    }

    private static void collect(JsonNode written, ObjectNode fields) {
        written.properties().forEach(field -> {
            ObjectNode below = fields.withObjectProperty("f:" + field.getKey());
            if (field.getValue().isObject()) {
                collect(field.getValue(), below);
            } else if (field.getValue().isArray()) {
                field.getValue().forEach(item -> collectItem(item, below));
            }
        });
    }

    private static void collectItem(JsonNode item, ObjectNode below) {
        if (item.has("name")) {
            String key = Json.object().put("name", item.path("name").asText()).toString();
            collect(item, below.withObjectProperty("k:" + key));
        }
    }
}
