package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who owns what: {@code metadata.managedFields}, one entry for each manager, operation and subresource. Who sets a field
 * to another value takes it from the others; who applies owns what the manifest says, and shares it with whoever wants
 * the same.
 */
final class ManagedFields {
    private static final List<String> BOOKKEEPING = List.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields");

    /** @param operation Apply or Update; @param subresource empty for the object itself */
    record Writer(String manager, String operation, String subresource) {
        static Writer updating(String manager, String subresource) {
            return new Writer(manager, "Update", subresource);
        }

        static Writer applying(String manager) {
            return new Writer(manager, "Apply", "");
        }

        static Writer of(JsonNode entry) {
            return new Writer(
                    entry.path("manager").asText(),
                    entry.path("operation").asText(),
                    entry.path("subresource").asText(""));
        }
    }

    private ManagedFields() {}

    /** What of a tree is owned at all. */
    static ObjectNode owned(JsonNode object) {
        ObjectNode fields = object.deepCopy();
        fields.remove(List.of("apiVersion", "kind"));
        if (fields.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(BOOKKEEPING);
            if (metadata.isEmpty()) {
                fields.remove("metadata");
            }
        }
        return fields;
    }

    /** An update: its writer takes what it has changed. @param before as it was; an empty object for a new one */
    static void note(ObjectNode before, ObjectNode object, Writer writer, Instant at) {
        JsonNode now = owned(object);
        Set<List<String>> changed = FieldPaths.changed(owned(before), now);
        if (changed.isEmpty()) {
            return;
        }
        ArrayNode entries = entries(object);
        for (JsonNode entry : entries) {
            keep(entry, FieldPaths.parse(entry.path("fieldsV1")), changed);
        }
        ObjectNode mine = entryOf(object, entries, writer);
        Set<List<String>> paths = FieldPaths.parse(mine.path("fieldsV1"));
        changed.stream()
                .filter(path -> !FieldPaths.value(now, path).isMissingNode())
                .forEach(paths::add);
        written(mine, paths, at);
        dropEmpty(entries);
    }

    /** An apply: its writer owns just what the manifest says. */
    static void applied(ObjectNode object, ObjectNode manifest, String manager, Instant at) {
        ArrayNode entries = entries(object);
        written(entryOf(object, entries, Writer.applying(manager)), FieldPaths.of(owned(manifest)), at);
        dropEmpty(entries);
    }

    static Set<List<String>> of(JsonNode object, Writer writer) {
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (Writer.of(entry).equals(writer)) {
                return FieldPaths.parse(entry.path("fieldsV1"));
            }
        }
        return Set.of();
    }

    /** When a field got the value that it has, as far as the object tells. */
    static Optional<Instant> writtenAt(JsonNode object, List<String> path) {
        Instant latest = null;
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            Instant at = Instant.parse(entry.path("time").asText());
            if (FieldPaths.parse(entry.path("fieldsV1")).contains(path) && (latest == null || at.isAfter(latest))) {
                latest = at;
            }
        }
        return Optional.ofNullable(latest);
    }

    private static void keep(JsonNode entry, Set<List<String>> paths, Set<List<String>> lost) {
        if (paths.removeAll(lost)) {
            ((ObjectNode) entry).set("fieldsV1", FieldPaths.fieldsV1(paths));
        }
    }

    private static void written(ObjectNode entry, Set<List<String>> paths, Instant at) {
        entry.put("time", at.toString()).put("fieldsType", "FieldsV1").set("fieldsV1", FieldPaths.fieldsV1(paths));
    }

    private static ArrayNode entries(ObjectNode object) {
        return object.withObjectProperty("metadata").withArray("managedFields");
    }

    private static ObjectNode entryOf(ObjectNode object, ArrayNode entries, Writer writer) {
        for (JsonNode entry : entries) {
            if (Writer.of(entry).equals(writer)) {
                return (ObjectNode) entry;
            }
        }
        ObjectNode entry = entries.addObject();
        entry.put("manager", writer.manager()).put("operation", writer.operation());
        entry.put("apiVersion", object.path("apiVersion").asText());
        if (!writer.subresource().isEmpty()) {
            entry.put("subresource", writer.subresource());
        }
        return entry;
    }

    private static void dropEmpty(ArrayNode entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).path("fieldsV1").isEmpty()) {
                entries.remove(i);
            }
        }
    }
}
