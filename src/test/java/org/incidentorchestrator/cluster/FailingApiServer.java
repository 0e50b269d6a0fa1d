package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An API server that answers as a test says, and that keeps what it was asked: the words of the tests of its failures. */
abstract class FailingApiServer {
    static final String TOKEN = "very-secret-token";
    static final Target GATEWAY = new Target("Deployment", "a1", "mcp-gateway");
    static final Target POD = new Target("Pod", "a1", "p-0");
    static final String POD_JSON =
            "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"p-0\",\"namespace\":\"a1\",\"uid\":\"u-1\"}}";

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    final CountDownLatch end = new CountDownLatch(1);
    ExecutorService threads;
    HttpServer http;
    ApiServer server;

    @BeforeEach
    void open() throws IOException {
        threads = Executors.newCachedThreadPool();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.start();
        server = new ApiServer(access(), "prod", Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        end.countDown();
        server.close();
        http.stop(0);
        threads.shutdownNow();
    }

    Config access() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + http.getAddress().getPort() + "/")
                .withOauthToken(TOKEN)
                .build();
    }

    void patch() {
        new Fabric8Writer(server).apply(change(), Write.FOR_REAL);
    }

    void evict() {
        new Fabric8Writer(server).apply(eviction(), Write.FOR_REAL);
    }

    void list() {
        reader(server).list(ResourceType.PODS, Query.in("a1"));
    }

    void get() {
        reader(server).get(ResourceType.PODS, "a1", "p-0");
    }

    static Change change() {
        JsonNode body = new ObjectMapper()
                .createObjectNode()
                .set("spec", new ObjectMapper().createObjectNode().put("replicas", 3));
        return new Change.Patch(GATEWAY, "u-1", "7", body, Identity.CHANGE);
    }

    static Change eviction() {
        return new Change.Evict(POD, "u-1", "7", Identity.CHANGE);
    }

    static Fabric8Reader reader(ApiServer server) {
        return new Fabric8Reader(server, 2);
    }

    /** One that gives up soon, so that the test is soon over. */
    ApiServer hurried() {
        server.close();
        server = new ApiServer(access(), "prod", Duration.ofMillis(400));
        return server;
    }

    static ClusterFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ClusterFailure.class, call);
    }

    /** Each message also says where, and never what opens the door. */
    static void says(Kind kind, ClusterFailure failure, String... parts) {
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure).hasMessageContainingAll(parts);
        assertThat(failure.getMessage()).doesNotContain(TOKEN).endsWith(".");
    }

    static String status(String reason, String message, String details) {
        return "{\"kind\":\"Status\",\"reason\":\"" + reason + "\",\"message\":\"" + message.replace("\"", "\\\"")
                + "\",\"details\":" + details + "}";
    }

    /** The latest answer for a method counts. */
    void answers(String method, int code, String body, String... header) {
        boolean first = answers.isEmpty();
        answers.put(
                method,
                exchange -> reply(
                        exchange,
                        code,
                        body,
                        header.length == 0 ? "X" : header[0],
                        header.length == 0 ? "" : header[1]));
        if (first) {
            http.createContext("/", exchange -> {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                answers.get(exchange.getRequestMethod()).handle(exchange);
            });
        }
    }

    static void reply(HttpExchange exchange, int code, String body, String header, String value) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (body.startsWith("{")) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        exchange.getResponseHeaders().set(header, value);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    void hang(HttpExchange exchange) {
        asked.add(exchange.getRequestMethod());
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
