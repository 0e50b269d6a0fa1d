package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Where a value lies in an object: keys from the root, and of a list that merges by name the item's name. */
record FieldPath(List<Part> parts) {
    static final FieldPath ROOT = new FieldPath(List.of());

    FieldPath {
        parts = List.copyOf(parts);
    }

    /** A key of a map, or the name of an item of a list. */
    private record Part(String key, boolean item) {
        JsonNode in(JsonNode at) {
            int place = item ? place(at, key) : 0;
            return !item ? at.path(key) : place < 0 ? MissingNode.getInstance() : at.get(place);
        }

        /** As it stands in a list of managed fields ({@code fieldsV1}). */
        String managed() {
            return item ? "k:" + JsonNodeFactory.instance.objectNode().put("name", key) : "f:" + key;
        }
    }

    FieldPath key(String key) {
        return with(new Part(key, false));
    }

    FieldPath item(String name) {
        return with(new Part(name, true));
    }

    private FieldPath with(Part part) {
        List<Part> longer = new ArrayList<>(parts);
        longer.add(part);
        return new FieldPath(longer);
    }

    /** What an object has there; missing where it has nothing. */
    JsonNode in(JsonNode object) {
        JsonNode at = object;
        for (Part part : parts) {
            at = part.in(at);
        }
        return at;
    }

    /** The JSON pointer of it in an object (RFC 6901): an item of a list has a number there. */
    String pointer(JsonNode object) {
        StringBuilder pointer = new StringBuilder();
        JsonNode at = object;
        for (Part part : parts) {
            String key = part.item ? String.valueOf(place(at, part.key)) : part.key;
            pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
            at = part.in(at);
        }
        return pointer.toString();
    }

    /** Whether it, or all that it lies in, is among these managed fields. */
    boolean among(JsonNode managed) {
        JsonNode at = managed;
        for (Part part : parts) {
            if (!at.has(part.managed())) {
                return !at.equals(managed) && at.isEmpty();
            }
            at = at.get(part.managed());
        }
        return true;
    }

    /** Without the names of items: {@code [spec, template, spec, containers, resources]}. */
    List<String> keys() {
        return parts.stream().filter(part -> !part.item).map(Part::key).toList();
    }

    /** Sets a value there in a patch, and makes what it lies in. */
    void put(ObjectNode body, JsonNode value) {
        ObjectNode at = body;
        for (int i = 0; i < parts.size() - 1; i++) {
            Part next = parts.get(i + 1);
            Part part = parts.get(i);
            if (next.item) {
                at = item(at.withArrayProperty(part.key), next.key);
            } else if (!part.item) {
                at = at.withObjectProperty(part.key);
            }
        }
        at.set(parts.get(parts.size() - 1).key, value);
    }

    private static ObjectNode item(ArrayNode list, String name) {
        int place = place(list, name);
        return place >= 0 ? (ObjectNode) list.get(place) : list.addObject().put("name", name);
    }

    /** @return -1 where there is none */
    private static int place(JsonNode list, String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path("name").asText("").equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** As people read it: {@code spec.template.spec.containers[app].resources.limits.memory}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.item ? "[" + part.key + "]" : (text.isEmpty() ? "" : ".") + part.key));
        return text.toString();
    }
}
