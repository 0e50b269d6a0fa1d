package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;

/** What an API server refuses to keep, with its wording: field, value, reason. */
final class Schema {
    private static final List<String> COUNTS = List.of(
            "/spec/replicas",
            "/spec/minReadySeconds",
            "/spec/revisionHistoryLimit",
            "/spec/progressDeadlineSeconds",
            "/spec/minReplicas",
            "/spec/maxReplicas");
    private static final List<String> TEXT_MAPS = List.of(
            "/metadata/labels",
            "/metadata/annotations",
            "/spec/template/metadata/labels",
            "/spec/template/metadata/annotations");

    private Schema() {}

    /** @throws ClusterFailure INVALID */
    static void check(ObjectNode object) {
        COUNTS.forEach(path -> checkCount(object, path));
        TEXT_MAPS.forEach(path -> checkTexts(object, path));
        require(object, "/spec/paused", JsonNode::isBoolean, "expected a boolean");
        if (object.at("/spec/template").isObject()) {
            checkContainers(object, object.at("/spec/template/spec/containers"), "spec.template.spec.containers");
            checkSelector(object);
        } else if ("Pod".equals(object.path("kind").asText())) {
            checkContainers(object, object.at("/spec/containers"), "spec.containers");
        }
    }

    /** What may not be changed once it is there. @throws ClusterFailure INVALID */
    static void checkChange(ObjectNode before, ObjectNode after) {
        for (String path : List.of("/kind", "/apiVersion", "/metadata/name", "/metadata/namespace", "/spec/selector")) {
            boolean selectorOfService = path.equals("/spec/selector")
                    && "Service".equals(after.path("kind").asText());
            if (!selectorOfService && !before.at(path).equals(after.at(path))) {
                throw invalid(after, dotted(path), after.at(path).toString(), "field is immutable");
            }
        }
        if ("Pod".equals(after.path("kind").asText()) && !frozen(before).equals(frozen(after))) {
            throw invalid(
                    after,
                    "spec",
                    "",
                    "pod updates may not change fields other than images, tolerations and"
                            + " activeDeadlineSeconds; change the workload's template instead");
        }
    }

    static ClusterFailure invalid(JsonNode object, String field, String value, String reason) {
        return new ClusterFailure(
                Kind.INVALID,
                Key.of(object) + " is invalid: " + field + ": Invalid value: " + (value.isEmpty() ? "\"\"" : value)
                        + ": " + reason + ". Correct the field and send it again.");
    }

    private static ObjectNode frozen(ObjectNode pod) {
        ObjectNode spec = ((ObjectNode) pod.path("spec")).deepCopy();
        spec.remove(List.of("tolerations", "activeDeadlineSeconds"));
        spec.path("containers").forEach(container -> ((ObjectNode) container).remove("image"));
        return spec;
    }

    private static void checkCount(ObjectNode object, String path) {
        require(object, path, JsonNode::isIntegralNumber, "expected an integer");
        if (object.at(path).asLong() < 0) {
            throw invalid(object, dotted(path), object.at(path).asText(), "must be greater than or equal to 0");
        }
    }

    private static void checkTexts(ObjectNode object, String path) {
        require(object, path, JsonNode::isObject, "expected a map of strings");
        object.at(path).properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw invalid(
                        object,
                        dotted(path) + "." + entry.getKey(),
                        entry.getValue().toString(),
                        "expected a string");
            }
        });
    }

    private static void require(ObjectNode object, String path, Predicate<JsonNode> type, String otherwise) {
        JsonNode value = object.at(path);
        if (!value.isMissingNode() && !type.test(value)) {
            throw invalid(object, dotted(path), value.toString(), otherwise);
        }
    }

    private static void checkContainers(ObjectNode object, JsonNode containers, String field) {
        if (containers.isEmpty()) {
            throw invalid(object, field, "", "Required value");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            String at = field + "[" + i + "]";
            JsonNode container = containers.get(i);
            for (String needed : List.of("name", "image")) {
                if (!container.path(needed).isTextual()
                        || container.path(needed).asText().isBlank()) {
                    throw invalid(
                            object, at + "." + needed, container.path(needed).asText(), "Required value");
                }
            }
            if (!names.add(container.path("name").asText())) {
                throw invalid(object, at + ".name", container.path("name").asText(), "Duplicate value");
            }
        }
    }

    private static void checkSelector(ObjectNode object) {
        JsonNode labels = object.at("/spec/template/metadata/labels");
        object.at("/spec/selector/matchLabels").properties().forEach(wanted -> {
            if (!labels.path(wanted.getKey()).equals(wanted.getValue())) {
                throw invalid(
                        object,
                        "spec.template.metadata.labels",
                        labels.toString(),
                        "`selector` does not match template `labels`");
            }
        });
    }

    private static String dotted(String pointer) {
        return pointer.substring(1).replace('/', '.');
    }
}
