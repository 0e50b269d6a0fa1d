package org.incidentorchestrator.approval.gate.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a deployed Camunda form asks for: the fields that it sends, by their keys, results of expressions included. */
record FormFields(Map<String, FormField> fields) {
    /** A task without a form is answered without a word. */
    static final FormFields NONE = new FormFields(Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    static FormFields read(InputStream form) {
        try (form) {
            Map<String, FormField> fields = new LinkedHashMap<>();
            collect(JSON.readTree(form).path("components"), fields);
            return new FormFields(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A deployed form is no JSON; correct its file and start the program anew", e);
        }
    }

    private static void collect(JsonNode components, Map<String, FormField> fields) {
        for (JsonNode component : components) {
            String path = component.path("path").asText("");
            if (!path.isEmpty()) {
                // What lies below a path is sent as one value, under the path's first word.
                FormField whole = FormField.structure(path.split("\\.")[0]);
                fields.put(whole.key(), whole);
            } else if (component.has("components")) {
                collect(component.path("components"), fields);
            } else if (component.hasNonNull("key")
                    && !component.path("disabled").asBoolean()) {
                fields.put(component.path("key").asText(), FormField.of(component));
            }
        }
    }

    /** What is wrong with an answer, a line each; empty when the form could have sent it. */
    List<String> faults(Map<String, Object> answer) {
        Stream<String> foreign = answer.keySet().stream()
                .filter(key -> !fields.containsKey(key))
                .sorted()
                .map(key -> "'" + key + "' is no field of this form");
        Stream<String> wrong =
                fields.values().stream().map(field -> field.fault(answer)).filter(Objects::nonNull);
        return Stream.concat(foreign, wrong).toList();
    }
}
