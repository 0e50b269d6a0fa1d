package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One file {@code src/test/resources/kubectl/<verb>/<case-as-a-sentence>.yaml}: {@code objects} that are there,
 * {@code files} that are applied, {@code wait} (kubectl's words) until they are as they are to be, {@code recorded} changes of before, and the verb's
 * {@code input}. {@code ${namespace}} is the test's own.
 */
record KubectlCase(String verb, String name, JsonNode given) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path ROOT = Path.of("src/test/resources/kubectl");

    static Stream<KubectlCase> all(String namespace) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> read(file, namespace))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KubectlCase read(Path file, String namespace) {
        try {
            String text = Files.readString(file).replace("${namespace}", namespace);
            return new KubectlCase(
                    file.getParent().getFileName().toString(),
                    file.getFileName().toString().replace(".yaml", "").replace('-', ' '),
                    YAML.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not YAML", e);
        }
    }

    List<String> objects() {
        List<String> objects = new ArrayList<>();
        given.path("objects").forEach(object -> objects.add(object.toString()));
        return objects;
    }

    /** Who has made the objects. */
    String manager() {
        return given.path("manager").asText("somebody");
    }

    List<String> waits() {
        List<String> waits = new ArrayList<>();
        given.path("wait").forEach(wait -> waits.add(wait.asText()));
        return waits;
    }

    /** Manifests by their names, as they lie in the folder of the setting {@code manifests.folder}. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        given.path("files")
                .properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        return files;
    }

    JsonNode recorded() {
        return given.path("recorded");
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> input() {
        return YAML.convertValue(given.path("input"), Map.class);
    }

    @Override
    public String toString() {
        return verb + ": " + name;
    }
}
