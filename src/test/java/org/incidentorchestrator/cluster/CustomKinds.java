package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The custom kinds that the runbook speaks of, on a disposable cluster: definitions of our own, with the fields that we
 * use and a status of their own, in {@code src/test/resources/crds}. They stay there: tests share them.
 */
public final class CustomKinds {
    private static final Path DEFINITIONS = Path.of("src/test/resources/crds");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static boolean installed;

    private CustomKinds() {}

    /** Installs them, once for all tests of a run, and waits until they are served. */
    public static synchronized void installed(String kubeconfig) {
        if (!installed) {
            Kubeconfig file = Kubeconfig.read(kubeconfig);
            String context = file.context("cluster.context", "");
            try (ApiServer server =
                    new ApiServer(file.as("cluster.context", context), context, Duration.ofSeconds(10))) {
                List<JsonNode> definitions = definitions();
                definitions.forEach(definition -> apply(server, definition));
                definitions.forEach(definition -> awaitServed(server, definition));
            }
            installed = true;
        }
    }

    private static void apply(ApiServer server, JsonNode definition) {
        String path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
                + definition.at("/metadata/name").asText() + "?fieldManager=custom-kinds&force=true";
        ApiAnswer answer = server.send(ApiRequest.apply("define a kind", path, definition), server.bound());
        assertThat(answer.ok()).as(answer.body()).isTrue();
    }

    private static void awaitServed(ApiServer server, JsonNode definition) {
        JsonNode spec = definition.path("spec");
        String path = "/apis/" + spec.path("group").asText() + "/"
                + spec.at("/versions/0/name").asText() + "/"
                + spec.at("/names/plural").asText() + "?limit=1";
        ApiRequest list = ApiRequest.get("list a custom kind", path);
        Awaitility.await(path)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> server.send(list, server.bound()).ok());
    }

    private static List<JsonNode> definitions() {
        try (Stream<Path> files = Files.list(DEFINITIONS)) {
            return files.sorted().map(CustomKinds::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not YAML", e);
        }
    }
}
