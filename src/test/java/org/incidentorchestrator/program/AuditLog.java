package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the API server itself has on record of the program's writes: its audit log, one JSON object a line. */
record AuditLog(Path file) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The API server's answers (200, 409 …) to what the program sent to change this deployment, dry runs left out. */
    List<Integer> answers(String namespace, String deployment) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains("fieldManager=incident-orchestrator") && line.contains(namespace))
                    .map(AuditLog::read)
                    .filter(event -> isChange(event, namespace, deployment))
                    .map(event -> event.at("/responseStatus/code").asInt())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isChange(JsonNode event, String namespace, String deployment) {
        return event.path("stage").asText().equals("ResponseComplete")
                && event.path("verb").asText().equals("patch")
                && !event.path("requestURI").asText().contains("dryRun")
                && event.at("/objectRef/namespace").asText().equals(namespace)
                && event.at("/objectRef/name").asText().equals(deployment);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("no audit event: " + line, e);
        }
    }
}
