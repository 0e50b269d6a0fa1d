package org.incidentorchestrator.step.verb.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.incidentorchestrator.cluster.KubernetesObject;

/** Objects as a text of several YAML documents, as {@code kubectl apply -f} takes it. */
final class YamlText {
    /** Strings in quotes: what looks like a number or a truth value stays a text. */
    private static final YAMLMapper YAML =
            YAMLMapper.builder().disable(Feature.SPLIT_LINES).build();

    private YamlText() {}

    static byte[] of(List<KubernetesObject> objects) {
        StringBuilder text = new StringBuilder();
        try {
            for (KubernetesObject object : objects) {
                text.append(YAML.writeValueAsString(object.toJson()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IOException when it is none, or a document is no object with kind and name */
    static List<KubernetesObject> parsed(byte[] text) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            List<KubernetesObject> objects =
                    documents.readAll().stream().map(KubernetesObject::of).toList();
            for (KubernetesObject object : objects) {
                if (object.kind().isEmpty() || object.name().isEmpty()) {
                    throw new IOException("a document names no kind or no name");
                }
            }
            return objects;
        }
    }
}
