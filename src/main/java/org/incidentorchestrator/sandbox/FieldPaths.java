package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of a tree by their paths, as {@code fieldsV1} writes them: {@code f:spec}, {@code f:replicas}. Items of a
 * list that merges by name are told apart by it, {@code k:{"name":"app"}}; every other list is one field.
 */
final class FieldPaths {
    private static final String FIELD = "f:";
    private static final String ITEM = "k:";

    private FieldPaths() {}

    /** Those that hold a value, down to the last. */
    static Set<List<String>> of(JsonNode tree) {
        Set<List<String>> paths = new LinkedHashSet<>();
        tree.properties().forEach(field -> collect(field.getKey(), field.getValue(), List.of(), paths));
        return paths;
    }

    /** Those of either tree whose value is not the same in the other. */
    static Set<List<String>> changed(JsonNode before, JsonNode after) {
        Set<List<String>> paths = of(before);
        paths.addAll(of(after));
        paths.removeIf(path -> value(before, path).equals(value(after, path)));
        return paths;
    }

    /** Missing where there is none. */
    static JsonNode value(JsonNode tree, List<String> path) {
        JsonNode at = tree;
        for (String step : path) {
            at = step.startsWith(FIELD) ? at.path(step.substring(FIELD.length())) : item(at, step);
        }
        return at;
    }

    static void remove(ObjectNode tree, List<String> path) {
        JsonNode parent = value(tree, path.subList(0, path.size() - 1));
        if (parent instanceof ObjectNode object) {
            object.remove(path.get(path.size() - 1).substring(FIELD.length()));
        }
    }

    static Set<List<String>> parse(JsonNode fieldsV1) {
        Set<List<String>> paths = new LinkedHashSet<>();
        fieldsV1.properties().forEach(field -> parse(field.getKey(), field.getValue(), List.of(), paths));
        return paths;
    }

    static ObjectNode fieldsV1(Set<List<String>> paths) {
        ObjectNode fields = Json.object();
        for (List<String> path : paths) {
            ObjectNode at = fields;
            for (String step : path) {
                at = at.withObjectProperty(step);
            }
        }
        return fields;
    }

    private static void parse(String step, JsonNode below, List<String> above, Set<List<String>> paths) {
        List<String> path = append(above, step);
        if (below.isEmpty()) {
            paths.add(path);
        }
        below.properties().forEach(field -> parse(field.getKey(), field.getValue(), path, paths));
    }

    private static void collect(String name, JsonNode value, List<String> above, Set<List<String>> paths) {
        List<String> path = append(above, FIELD + name);
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(field -> collect(field.getKey(), field.getValue(), path, paths));
        } else if (value.isArray() && StrategicMerge.mergesByName(name)) {
            value.forEach(item -> collectItem(item, path, paths));
        } else {
            paths.add(path);
        }
    }

    private static void collectItem(JsonNode item, List<String> above, Set<List<String>> paths) {
        String key = Json.object().put("name", item.path("name").asText()).toString();
        List<String> path = append(above, ITEM + key);
        item.properties().forEach(field -> collect(field.getKey(), field.getValue(), path, paths));
    }

    private static JsonNode item(JsonNode list, String step) {
        for (JsonNode item : list) {
            String key = Json.object().put("name", item.path("name").asText()).toString();
            if (step.equals(ITEM + key)) {
                return item;
            }
        }
        return Json.MAPPER.missingNode();
    }

    private static List<String> append(List<String> above, String step) {
        List<String> path = new ArrayList<>(above);
        path.add(step);
        return List.copyOf(path);
    }
}
