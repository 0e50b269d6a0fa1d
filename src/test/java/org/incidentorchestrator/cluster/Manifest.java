package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Objects written in YAML, as people write them. */
public final class Manifest {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Manifest() {}

    public static KubernetesObject of(String yaml) {
        return KubernetesObject.of(tree(yaml));
    }

    public static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not YAML: " + e.getOriginalMessage(), e);
        }
    }
}
