package org.incidentorchestrator.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The part of Alertmanager's API that says what fires, over HTTP, with the answers that a test gives it. */
final class ListingAlertmanager implements AutoCloseable {
    static final String RECEIVER = "incident-orchestrator";

    private final Map<String, ObjectNode> alerts = new LinkedHashMap<>();
    private final HttpServer server;
    private volatile Duration up = Duration.ofHours(1);
    private volatile int status = 200;
    private volatile String authorization;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    ListingAlertmanager() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/am/api/v2/status", exchange -> answer(exchange, status()));
        server.createContext("/am/api/v2/receivers", exchange -> answer(exchange, "[{\"name\":\"" + RECEIVER + "\"}]"));
        server.createContext("/am/api/v2/alerts", exchange -> answer(exchange, list()));
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/am/";
    }

    /** An active alert for our receiver; as the API writes it. */
    ListingAlertmanager lists(String fingerprint, String alertName, String deployment, String startsAt) {
        ObjectNode alert = JsonNodeFactory.instance
                .objectNode()
                .put("fingerprint", fingerprint)
                .put("startsAt", startsAt)
                .put("endsAt", "2026-11-24T03:00:00.000Z")
                .put("updatedAt", startsAt);
        alert.putObject("labels")
                .put("alertname", alertName)
                .put("namespace", "a1-orchestrator")
                .put("deployment", deployment)
                .put("severity", "critical");
        alert.putObject("annotations").put("summary", deployment + " is down");
        alert.putArray("receivers").addObject().put("name", RECEIVER);
        alert.putObject("status").put("state", "active");
        synchronized (alerts) {
            alerts.put(fingerprint, alert);
        }
        return this;
    }

    /** The alert as it is listed, to be changed. */
    ObjectNode listed(String fingerprint) {
        return alerts.get(fingerprint);
    }

    void listsNoMore(String fingerprint) {
        synchronized (alerts) {
            alerts.remove(fingerprint);
        }
    }

    void isUpFor(Duration time) {
        up = time;
    }

    void answersWith(int code) {
        status = code;
    }

    /** What it was shown last. */
    String shown() {
        return authorization;
    }

    private String status() {
        return "{\"cluster\":{\"status\":\"ready\"},\"uptime\":\""
                + Instant.now().minus(up) + "\"}";
    }

    /** How often it was asked what fires. */
    int asked() {
        return asked.get();
    }

    private String list() {
        asked.incrementAndGet();
        synchronized (alerts) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            new TreeMap<>(alerts).values().forEach(all::add);
            return all.toString();
        }
    }

    /** How many questions it has refused. */
    int refused() {
        return refused.get();
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        if (status != 200) {
            refused.incrementAndGet();
        }
        authorization = String.join(",", exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var stream = exchange.getResponseBody()) {
            stream.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
