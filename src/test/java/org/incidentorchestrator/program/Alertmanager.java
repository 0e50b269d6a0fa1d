package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Alertmanager (Debian's {@code prometheus-alertmanager}) on loopback, in a process of its own. Its intervals are
 * seconds. Alerts are posted to it as Prometheus does, and fire until they are ended: it is told of no end otherwise for
 * five minutes.
 */
final class Alertmanager implements AutoCloseable {
    static final String COMMAND = "prometheus-alertmanager";
    /** How often a group with news is sent; what is not delivered is tried again with the next. */
    static final Duration GROUP_INTERVAL = Duration.ofSeconds(2);

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final int port = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Map<String, String>, Instant> firing = new HashMap<>();
    private Process process;

    /** @param tokenFile of the program that it posts to, which is at this port */
    Alertmanager(Path folder, int programPort, Path tokenFile) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("alertmanager.yml"),
                """
                route:
                  receiver: incident-orchestrator
                  group_by: [alertname]
                  group_wait: 1s
                  group_interval: %1$ds
                  repeat_interval: 4s
                  routes:
                    - receiver: one-alert-a-message
                      matchers: [ way = "short" ]
                    - receiver: nobody-listens
                      matchers: [ way = "lost" ]
                receivers:
                  - name: incident-orchestrator
                    webhook_configs:
                      - url: http://localhost:%2$d/webhooks/alertmanager
                        http_config: &token { authorization: { credentials_file: %3$s } }
                  - name: one-alert-a-message
                    webhook_configs:
                      - url: http://localhost:%2$d/webhooks/alertmanager
                        max_alerts: 1
                        http_config: *token
                  - name: nobody-listens
                    webhook_configs:
                      - url: http://localhost:%4$d/webhooks/alertmanager
                """
                        .formatted(GROUP_INTERVAL.toSeconds(), programPort, tokenFile, freePort()));
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
    }

    String url() {
        return "http://localhost:" + port;
    }

    /** Starts it and returns once it takes alerts. What fired before it was stopped is forgotten, as it forgets. */
    Alertmanager start() throws IOException {
        process = new ProcessBuilder(
                        COMMAND,
                        "--config.file=" + folder.resolve("alertmanager.yml"),
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=localhost:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("alertmanager.log").toFile()))
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> !text("/-/ready")
                .isEmpty());
        return this;
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("Alertmanager does not end");
        }
    }

    /** An alert begins, or fires on when it did. @param labels name, value, name, value … */
    void fires(String... labels) {
        Map<String, String> alert = alert(labels);
        post(alert, firing.computeIfAbsent(alert, begun -> Instant.now()), null);
    }

    void ends(String... labels) {
        Map<String, String> alert = alert(labels);
        post(alert, firing.remove(alert), Instant.now());
    }

    /** Nobody is told of it from now on, neither that it fires nor that it has ended. */
    void silence(String alertName) {
        Instant now = Instant.now();
        send(
                "/api/v2/silences",
                Map.of(
                        "matchers",
                        List.of(Map.of("name", "alertname", "value", alertName, "isRegex", false, "isEqual", true)),
                        "startsAt",
                        now.toString(),
                        "endsAt",
                        now.plusSeconds(600).toString(),
                        "createdBy",
                        "a test",
                        "comment",
                        "a drill"));
    }

    /** How many messages it could not deliver since it started. */
    double undelivered() {
        return text("/metrics")
                .lines()
                .filter(line -> line.startsWith("alertmanager_notifications_failed_total{integration=\"webhook\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static Map<String, String> alert(String... labels) {
        Map<String, String> alert = new TreeMap<>(Map.of("namespace", "a1-orchestrator", "severity", "critical"));
        for (int at = 0; at < labels.length; at += 2) {
            alert.put(labels[at], labels[at + 1]);
        }
        return alert;
    }

    private void post(Map<String, String> labels, Instant start, Instant end) {
        Map<String, Object> alert = new HashMap<>(Map.of("labels", labels, "startsAt", start.toString()));
        if (end != null) {
            alert.put("endsAt", end.toString());
        }
        send("/api/v2/alerts", List.of(alert));
    }

    private void send(String path, Object body) {
        exchange(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.valueToTree(body).toString()))
                .build());
    }

    private String text(String path) {
        return exchange(HttpRequest.newBuilder(URI.create(url() + path)).build());
    }

    private String exchange(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(request.uri() + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The test was interrupted", e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
