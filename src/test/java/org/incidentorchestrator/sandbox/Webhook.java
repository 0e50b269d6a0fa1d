package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where the sandbox's alerts arrive in a test: answers with the status it is told to. */
final class Webhook implements AlertmanagerPost.Receiver, AutoCloseable {
    static final String TOKEN = "a-token-of-the-test";

    private final HttpServer server;
    private final BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();
    private volatile int status = 202;
    private volatile String authorization = "";

    Webhook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/webhooks/alertmanager", this::receive);
        server.start();
    }

    void answers(int with) {
        status = with;
    }

    String authorization() {
        return authorization;
    }

    /** The next message; fails when none comes within ten seconds. */
    JsonNode next() throws InterruptedException {
        JsonNode body = bodies.poll(10, TimeUnit.SECONDS);
        if (body == null) {
            throw new AssertionError("no alert was posted within ten seconds");
        }
        return body;
    }

    boolean silent() {
        return bodies.isEmpty();
    }

    @Override
    public URI address() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/webhooks/alertmanager");
    }

    @Override
    public String token() {
        return TOKEN;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        bodies.add(Json.MAPPER.readTree(exchange.getRequestBody()));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
