package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The JSON trees that the world is made of. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** An object as text in the source, with {@code '} for {@code "}. */
    static ObjectNode object(String text, Object... values) {
        try {
            return (ObjectNode) MAPPER.readTree(text.formatted(values).replace('\'', '"'));
        } catch (JsonProcessingException badLiteral) {
            throw new IllegalArgumentException("not JSON: " + text, badLiteral);
        }
    }

    /** As it would be if it came in as text: an equal number is then an equal node, whoever made it. */
    static ObjectNode received(JsonNode tree) {
        try {
            return (ObjectNode) MAPPER.readTree(tree.toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that was made cannot be read", impossible);
        }
    }

    /** Kubernetes writes whole seconds, so the sandbox lives in whole seconds. */
    static Instant second(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS);
    }
}
