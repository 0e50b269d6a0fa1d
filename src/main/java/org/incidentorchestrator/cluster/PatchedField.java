package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One value that a patch sets: where it lies in an object, what was there before, and which field manager owns it.
 *
 * @param path keys from the root; of a list that merges by name the item's name
 * @param value null where the patch removes it
 */
public record PatchedField(List<Part> path, JsonNode value) {
    private static final String DIRECTIVE = "$patch";
    private static final List<String> NAMES = List.of("apiVersion", "kind", "metadata.name", "metadata.namespace");

    /** A key of a map, or the name of an item of a list. */
    record Part(String key, boolean item) {}

    public PatchedField {
        path = List.copyOf(path);
    }

    /** What a patch of this kind sets, each by itself. Lists of custom kinds have no names: they are replaced whole. */
    public static List<PatchedField> of(JsonNode body, boolean custom) {
        List<PatchedField> fields = new ArrayList<>();
        collect(List.of(), body, custom, fields);
        return List.copyOf(fields);
    }

    /** What a change sets of an object: of an apply all of the manifest but what names it; of an eviction nothing. */
    public static List<PatchedField> of(Change change) {
        if (change instanceof Change.Patch patch) {
            boolean custom = ResourceType.ofKind(patch.target().kind())
                    .filter(ResourceType::custom)
                    .isPresent();
            return of(patch.body(), custom);
        }
        if (change instanceof Change.Apply apply) {
            return of(apply.manifest(), apply.type().custom()).stream()
                    .filter(field -> !NAMES.contains(field.text()))
                    .toList();
        }
        return List.of();
    }

    private static void collect(List<Part> path, JsonNode node, boolean custom, List<PatchedField> fields) {
        if (node.isObject() && !node.has(DIRECTIVE)) {
            node.properties()
                    .forEach(field -> collect(with(path, field.getKey(), false), field.getValue(), custom, fields));
        } else if (node.isArray() && !custom && named(node)) {
            node.forEach(item -> {
                ObjectNode rest = item.deepCopy();
                String name = rest.remove("name").asText();
                collect(with(path, name, true), rest, false, fields);
            });
        } else {
            fields.add(new PatchedField(path, node));
        }
    }

    private static boolean named(JsonNode list) {
        for (JsonNode item : list) {
            if (!item.path("name").isTextual()) {
                return false;
            }
        }
        return !list.isEmpty();
    }

    private static List<Part> with(List<Part> path, String key, boolean item) {
        List<Part> longer = new ArrayList<>(path);
        longer.add(new Part(key, item));
        return longer;
    }

    /** The JSON pointer of it in an object (RFC 6901): an item of a list has a number there. */
    public String pointer(JsonNode object) {
        StringBuilder pointer = new StringBuilder();
        JsonNode at = object;
        for (Part part : path) {
            String key = part.item ? String.valueOf(place(at, part.key)) : part.key;
            pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
            at = step(at, part);
        }
        return pointer.toString();
    }

    /** What an object has there; missing where it has nothing. */
    public JsonNode in(JsonNode object) {
        JsonNode at = object;
        for (Part part : path) {
            at = step(at, part);
        }
        return at;
    }

    /** Whether an object has what the patch sets: absent and null are the same to the API server. */
    public boolean holds(JsonNode object) {
        JsonNode now = in(object);
        return value.isNull() ? now.isMissingNode() || now.isNull() : now.equals(plain()) || sameAmount(now);
    }

    /** The API server writes quantities its own way: {@code 1024Mi} is {@code 1Gi} when it is read again. */
    private boolean sameAmount(JsonNode now) {
        return keys().contains("resources")
                && Quantity.parse(now.asText(""))
                        .filter(amount -> Quantity.parse(value.asText(""))
                                .filter(set -> set.amount().compareTo(amount.amount()) == 0)
                                .isPresent())
                        .isPresent();
    }

    /** Whether this field, or all that it lies in, is among the fields of a manager ({@code fieldsV1}). */
    public boolean ownedIn(JsonNode fields) {
        JsonNode at = fields;
        for (Part part : path) {
            String key =
                    part.item ? "k:" + JsonNodeFactory.instance.objectNode().put("name", part.key) : "f:" + part.key;
            if (!at.has(key)) {
                return !at.equals(fields) && at.isEmpty();
            }
            at = at.get(key);
        }
        return true;
    }

    /** Whether it replaces all that lies there, rather than setting one value. */
    public boolean whole() {
        return value.has(DIRECTIVE);
    }

    /** Keys from the root, without the names of items: {@code [spec, template, spec, containers, resources]}. */
    public List<String> keys() {
        return path.stream().filter(part -> !part.item).map(Part::key).toList();
    }

    /** As people read it: {@code spec.template.spec.containers[app].resources.limits.memory}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        path.forEach(part -> text.append(part.item ? "[" + part.key + "]" : (text.isEmpty() ? "" : ".") + part.key));
        return text.toString();
    }

    /** The patch that sets the values back that an object has now. */
    public static ObjectNode back(List<PatchedField> fields, JsonNode object) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.forEach(field -> field.put(body, field.before(object)));
        return body;
    }

    private JsonNode before(JsonNode object) {
        JsonNode now = in(object);
        if (now.isMissingNode()) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (whole() && now.isObject()) {
            return ((ObjectNode) now.deepCopy()).set(DIRECTIVE, value.get(DIRECTIVE));
        }
        return now.deepCopy();
    }

    private void put(ObjectNode body, JsonNode set) {
        ObjectNode at = body;
        for (int i = 0; i < path.size() - 1; i++) {
            Part next = path.get(i + 1);
            Part part = path.get(i);
            if (next.item) {
                at = item(at.withArrayProperty(part.key), next.key);
            } else if (!part.item) {
                at = at.withObjectProperty(part.key);
            }
        }
        at.set(path.get(path.size() - 1).key, set);
    }

    private static ObjectNode item(ArrayNode list, String name) {
        int place = place(list, name);
        return place >= 0 ? (ObjectNode) list.get(place) : list.addObject().put("name", name);
    }

    private JsonNode plain() {
        if (!whole()) {
            return value;
        }
        ObjectNode plain = value.deepCopy();
        plain.remove(DIRECTIVE);
        return plain;
    }

    private static JsonNode step(JsonNode at, Part part) {
        if (!part.item) {
            return at.path(part.key);
        }
        int place = place(at, part.key);
        return place < 0 ? MissingNode.getInstance() : at.get(place);
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

    /** The last that wrote it, as far as the object tells. */
    public Optional<FieldManager> owner(KubernetesObject object) {
        return FieldManager.of(object).stream()
                .filter(manager -> ownedIn(manager.fields()))
                .max(Comparator.comparing(FieldManager::at));
    }
}
