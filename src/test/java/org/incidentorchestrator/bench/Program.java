package org.incidentorchestrator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program that is measured, as its API and its operating system (Linux) show it.
 *
 * @param folder where it was started: its {@code .data} holds the webhooks' token, and {@code api.token} a token that
 *     {@code api.token-file} admits (a password's check alone would cost more than what is measured)
 */
record Program(int port, long pid, Path folder, HttpClient http) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double TICKS_PER_SECOND = 100;

    static Program of(int port, long pid, Path folder) {
        return new Program(port, pid, folder, HttpClient.newHttpClient());
    }

    String token() throws IOException {
        return Files.readString(folder.resolve(".data/alertmanager.token")).strip();
    }

    /** Seconds of CPU that its process has used. */
    double cpu() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** {@code VmRSS} or {@code VmHWM} (the peak), in MiB. */
    long memory(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(what + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    /** The newest incidents' numbers, newest first. */
    List<String> incidents(int limit) throws IOException, InterruptedException {
        List<String> numbers = new ArrayList<>();
        get("/api/incidents?limit=" + limit)
                .path("incidents")
                .forEach(incident -> numbers.add(incident.path("id").asText()));
        return numbers;
    }

    /** When an entry of this kind was first written for the incident. */
    Optional<Instant> first(String incident, String kind) throws IOException, InterruptedException {
        JsonNode timeline = get("/api/incidents/" + incident + "/timeline");
        for (JsonNode entry : timeline.isArray() ? timeline : timeline.path("entries")) {
            if (entry.path("kind").asText().equals(kind)) {
                return Optional.of(Instant.parse(entry.path("at").asText()));
            }
        }
        return Optional.empty();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(folder.resolve("api.token")).strip())
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
