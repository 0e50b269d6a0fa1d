package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program over HTTP, as those who use it: paging systems post, responders work tasks, auditors read. People are known
 * by bearer tokens: a password's check would cost more than what is tested.
 */
public final class ProgramApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> PEOPLE =
            List.of("admin", "responder", "second", "approver", "architect", "auditor");

    private final int port;
    private final Path alertmanagerToken;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    ProgramApi(int port, Path alertmanagerToken) {
        this.port = port;
        this.alertmanagerToken = alertmanagerToken;
    }

    /** The file of {@code api.token-file}: a token for each of the people. */
    void writeTokens(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                file, PEOPLE.stream().map(who -> who + " " + sha256(token(who))).toList());
    }

    private static String token(String who) {
        return "token-of-" + who;
    }

    boolean ready() {
        try {
            return http.send(
                                    HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                                            .timeout(PATIENCE)
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Posts a message as Alertmanager does; what the program answered: 202 is stored. An I/O error is thrown. */
    public int post(String message) throws IOException {
        try {
            return http.send(webhook(message), BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest webhook(String message) throws IOException {
        return HttpRequest.newBuilder(uri("/webhooks/alertmanager"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + alertmanagerToken())
                .POST(BodyPublishers.ofString(message))
                .build();
    }

    /** What Alertmanager has to show. */
    public String alertmanagerToken() throws IOException {
        return Files.readString(alertmanagerToken).strip();
    }

    /** {@code GET path} as admin; any answer but 2xx fails. */
    public JsonNode get(String path) {
        return get("admin", path);
    }

    public JsonNode get(String who, String path) {
        return json(send(request(who, path).GET().build()));
    }

    /** The body as it is, of what is no JSON: {@code /actuator/prometheus}, a report. */
    public String text(String who, String path) {
        return send(request(who, path).GET().build());
    }

    public JsonNode post(String who, String path, Map<String, ?> body) {
        return json(send(request(who, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.valueToTree(body).toString()))
                .build()));
    }

    public void put(String who, String path) {
        send(request(who, path).PUT(BodyPublishers.noBody()).build());
    }

    public void delete(String who, String path) {
        send(request(who, path).DELETE().build());
    }

    private HttpRequest.Builder request(String who, String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token(who));
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(
                        "%s %s: %d %s".formatted(request.method(), request.uri(), answer.statusCode(), answer.body()));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The newest incidents, newest first. */
    public List<JsonNode> incidents(int limit) {
        return list(get("/api/incidents?limit=" + limit).path("incidents"));
    }

    public JsonNode incident(String id) {
        return get("/api/incidents/" + id);
    }

    /** What happened, oldest first (the first thousand entries). */
    public List<JsonNode> timeline(String incident) {
        return list(get("/api/incidents/" + incident + "/timeline?limit=1000").path("entries"));
    }

    /** The open tasks of an incident, or of all with null. */
    public List<JsonNode> tasks(String incident) {
        String which = incident == null ? "" : "&processInstanceBusinessKey=" + incident;
        return list(get("/engine-rest/task?maxResults=1000" + which));
    }

    public Optional<JsonNode> task(String incident, String name) {
        return tasks(incident).stream()
                .filter(task -> task.path("name").asText().equals(name))
                .findFirst();
    }

    public void claim(String who, JsonNode task) {
        post(who, "/engine-rest/task/" + task.path("id").asText() + "/claim", Map.of("userId", who));
    }

    /** Completes a task with these answers of its form. */
    public void complete(String who, JsonNode task, Map<String, String> answers) {
        Map<String, Object> variables = new HashMap<>();
        answers.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        post(who, "/engine-rest/task/" + task.path("id").asText() + "/complete", Map.of("variables", variables));
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all;
    }

    private static JsonNode json(String body) {
        try {
            return body.isEmpty() ? JSON.missingNode() : JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + body, e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("The test was interrupted", e);
    }
}
