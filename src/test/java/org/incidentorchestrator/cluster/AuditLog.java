package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a real API server has written down of this program's writing requests: lines of JSON (audit.k8s.io/v1 Event) of
 * level Metadata or more. It alone shows that nothing more was sent than what was meant to be.
 */
public final class AuditLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    private final Path file;

    private AuditLog(Path file) {
        this.file = file;
    }

    /** The one that the environment's TEST_AUDIT_LOG names; empty without it. */
    public static Optional<AuditLog> named() {
        return Optional.ofNullable(System.getenv("TEST_AUDIT_LOG"))
                .filter(path -> !path.isBlank())
                .map(path -> new AuditLog(Path.of(path)));
    }

    /**
     * @param what such as {@code patch deployments/mcp-gateway} or {@code create pods/mcp-gateway-x/eviction}
     * @param rehearsed sent with dryRun=All
     * @param status the HTTP status of the answer
     * @param user by whom, as the API server knows them
     */
    public record Write(String what, boolean rehearsed, int status, String user) {
        /** Whether it has changed something. */
        public boolean effective() {
            return !rehearsed && status < 300;
        }
    }

    /** Oldest first. @param name of the object, or how it begins */
    public List<Write> writes(String namespace, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains("\"incident-orchestrator\""))
                    .map(AuditLog::parsed)
                    .filter(event -> event.path("stage").asText().equals("ResponseComplete"))
                    .filter(event -> event.path("userAgent").asText().equals("incident-orchestrator"))
                    .filter(event -> event.path("impersonatedUser").isMissingNode())
                    .filter(event -> WRITES.contains(event.path("verb").asText()))
                    .filter(event -> event.at("/objectRef/namespace").asText().equals(namespace))
                    .filter(event -> event.at("/objectRef/name").asText().startsWith(name))
                    .map(AuditLog::write)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("TEST_AUDIT_LOG names " + file + ", which cannot be read", e);
        }
    }

    /**
     * A request, as RBAC is asked about it.
     *
     * @param user as whom it was judged: whoever was impersonated
     * @param namespace empty for the whole cluster, and for what lies in no namespace
     * @param resource with its group and subresource: {@code pods/log}, {@code deployments.apps}
     * @param allowed whether it was not refused for want of a right
     */
    public record Call(String user, String namespace, String verb, String resource, boolean allowed) {}

    /** Since a time, of users whose names begin so. */
    public List<Call> calls(Instant since, String users) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(users))
                    .map(AuditLog::parsed)
                    .filter(event -> event.path("stage").asText().equals("ResponseComplete"))
                    .filter(event -> event.has("objectRef"))
                    .filter(event -> !Instant.parse(
                                    event.path("requestReceivedTimestamp").asText())
                            .isBefore(since))
                    .filter(event -> user(event).startsWith(users))
                    .map(AuditLog::call)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("TEST_AUDIT_LOG names " + file + ", which cannot be read", e);
        }
    }

    private static String user(JsonNode event) {
        return event.at("/impersonatedUser/username")
                .asText(event.at("/user/username").asText());
    }

    private static Call call(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String part = object.path("subresource").asText();
        String group = object.path("apiGroup").asText();
        boolean forbidden =
                event.at("/annotations/authorization.k8s.io~1decision").asText().equals("forbid");
        return new Call(
                user(event),
                object.path("namespace").asText(),
                event.path("verb").asText(),
                object.path("resource").asText()
                        + (part.isEmpty() ? "" : "/" + part)
                        + (group.isEmpty() ? "" : "." + group),
                !forbidden);
    }

    private static Write write(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String part = object.path("subresource").asText();
        String what =
                event.path("verb").asText() + " " + object.path("resource").asText() + "/"
                        + object.path("name").asText() + (part.isEmpty() ? "" : "/" + part);
        boolean rehearsed = event.path("requestURI").asText().contains("dryRun=All");
        return new Write(
                what,
                rehearsed,
                event.at("/responseStatus/code").asInt(),
                event.at("/user/username").asText());
    }

    /** The last line may be one that is being written. */
    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException half) {
            return JSON.createObjectNode();
        }
    }
}
