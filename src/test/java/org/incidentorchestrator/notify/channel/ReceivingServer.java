package org.incidentorchestrator.notify.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A chat or a pager at the other end: keeps what is posted, and answers as a test says. */
public final class ReceivingServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();
    private final List<JsonNode> all = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int status = 202;
    private volatile String retryAfter;
    private volatile String answer = "ok";
    private volatile boolean hangs;

    public ReceivingServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    public void answers(int with) {
        status = with;
    }

    public void answers(int with, String body) {
        status = with;
        answer = body;
    }

    public void wantsToBeLeftAlone(int seconds) {
        status = 429;
        retryAfter = Integer.toString(seconds);
    }

    /** Takes what is posted, and says nothing. */
    public void hangs() {
        hangs = true;
    }

    public void worksAgain() {
        hangs = false;
        retryAfter = null;
        status = 202;
    }

    /** The next message; fails when none comes within ten seconds. */
    public JsonNode next() {
        try {
            JsonNode body = bodies.poll(10, TimeUnit.SECONDS);
            if (body == null) {
                throw new AssertionError("nothing was posted within ten seconds");
            }
            return body;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All that was posted, whatever was answered. */
    public List<JsonNode> all() {
        return List.copyOf(all);
    }

    private void receive(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        all.add(body);
        bodies.add(body);
        if (hangs) {
            await();
        }
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var stream = exchange.getResponseBody()) {
            stream.write(bytes);
        }
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
