package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One value that a patch sets: where it lies in an object, what was there before, and which field manager owns it.
 *
 * @param value null where the patch removes it
 */
public record PatchedField(FieldPath path, JsonNode value) {
    private static final String DIRECTIVE = "$patch";
    private static final List<String> NAMES = List.of("apiVersion", "kind", "metadata.name", "metadata.namespace");

    /** What a patch of this kind sets, each by itself. Lists of custom kinds have no names: they are replaced whole. */
    public static List<PatchedField> of(JsonNode body, boolean custom) {
        List<PatchedField> fields = new ArrayList<>();
        collect(FieldPath.ROOT, body, custom, fields);
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

    private static void collect(FieldPath path, JsonNode node, boolean custom, List<PatchedField> fields) {
        if (node.isObject() && !node.has(DIRECTIVE)) {
            node.properties().forEach(field -> collect(path.key(field.getKey()), field.getValue(), custom, fields));
        } else if (node.isArray() && !custom && named(node)) {
            node.forEach(item -> {
                ObjectNode rest = item.deepCopy();
                String name = rest.remove("name").asText();
                collect(path.item(name), rest, false, fields);
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

    /** The JSON pointer of it in an object (RFC 6901): an item of a list has a number there. */
    public String pointer(JsonNode object) {
        return path.pointer(object);
    }

    /** Whether it lies where another one lies. */
    public boolean isAt(PatchedField other) {
        return path.equals(other.path);
    }

    /** What an object has there; missing where it has nothing. */
    public JsonNode in(JsonNode object) {
        return path.in(object);
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
        return path.among(fields);
    }

    /** Whether it replaces all that lies there, rather than setting one value. */
    public boolean whole() {
        return value.has(DIRECTIVE);
    }

    /** Keys from the root, without the names of items: {@code [spec, template, spec, containers, resources]}. */
    public List<String> keys() {
        return path.keys();
    }

    /** As people read it: {@code spec.template.spec.containers[app].resources.limits.memory}. */
    public String text() {
        return path.toString();
    }

    /** The patch that sets the values back that an object has now. */
    public static ObjectNode back(List<PatchedField> fields, JsonNode object) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.forEach(field -> field.path.put(body, field.before(object)));
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

    private JsonNode plain() {
        if (!whole()) {
            return value;
        }
        ObjectNode plain = value.deepCopy();
        plain.remove(DIRECTIVE);
        return plain;
    }

    /** The last that wrote it, as far as the object tells. */
    public Optional<FieldOwner> owner(KubernetesObject object) {
        return FieldOwner.of(object).stream()
                .filter(manager -> ownedIn(manager.fields()))
                .max(Comparator.comparing(FieldOwner::at));
    }
}
