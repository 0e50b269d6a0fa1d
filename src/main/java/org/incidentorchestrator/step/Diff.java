package org.incidentorchestrator.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.stream.Collectors;

/** What a change does to an object, as a unified diff of its YAML: what a responder reads before deciding. */
final class Diff {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();
    private static final int CONTEXT_LINES = 3;

    private Diff() {}

    static String of(List<Effect> effects) {
        return effects.stream().map(Diff::of).collect(Collectors.joining("\n"));
    }

    private static String of(Effect effect) {
        List<String> now = yaml(effect.now());
        List<String> then = yaml(effect.then());
        String name = effect.target().toString();
        return String.join(
                "\n",
                UnifiedDiffUtils.generateUnifiedDiff(
                        name + " (now)", name + " (then)", now, DiffUtils.diff(now, then), CONTEXT_LINES));
    }

    private static List<String> yaml(JsonNode tree) {
        if (tree == null || tree.isMissingNode() || tree.isNull() || tree.isEmpty()) {
            return List.of();
        }
        try {
            return YAML.writeValueAsString(tree).lines().toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write an object as YAML", e);
        }
    }
}
