package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ServedKinds.Silent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of the two forms in which API servers tell what they serve, and of groups that are down. */
class DiscoveryTest {
    private static final String CORE =
            """
            {"kind": "APIGroupDiscoveryList", "items": [{"metadata": {}, "versions": [{"version": "v1", "resources": [
             {"resource": "pods", "responseKind": {"group": "", "version": "", "kind": "Pod"}, "scope": "Namespaced",
              "verbs": ["get", "list"], "subresources": [{"subresource": "log", "verbs": ["get"]}]},
             {"resource": "bindings", "responseKind": {"kind": "Binding"}, "scope": "Namespaced", "verbs": ["create"]}]}]}]}""";
    private static final String GROUPS =
            """
            {"kind": "APIGroupDiscoveryList", "items": [
             {"metadata": {"name": "autoscaling"}, "versions": [
              {"version": "v2", "freshness": "Current", "resources": [{"resource": "horizontalpodautoscalers",
               "responseKind": {"kind": "HorizontalPodAutoscaler"}, "scope": "Namespaced", "verbs": ["list"]}]},
              {"version": "v1", "freshness": "Current", "resources": [
               {"resource": "horizontalpodautoscalers", "responseKind": {"kind": "HorizontalPodAutoscaler"},
                "scope": "Namespaced", "verbs": ["list"]},
               {"resource": "onlyold", "responseKind": {"kind": "OnlyOld"}, "scope": "Cluster", "verbs": ["get"]}]}]},
             {"metadata": {"name": "down.example"}, "versions": [{"version": "v1", "freshness": "Stale"}]}]}""";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private HttpServer http;
    private ApiServer server;

    @BeforeEach
    void open() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
        Config access = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + http.getAddress().getPort())
                .build();
        server = new ApiServer(access, "prod", Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        server.close();
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        accepted.add(exchange.getRequestHeaders().getFirst("Accept"));
        String body = answers.getOrDefault(path, "service unavailable");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 503, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void all_is_told_in_two_requests_and_each_kind_once_in_the_version_its_group_prefers() {
        answers.putAll(Map.of("/api", CORE, "/apis", GROUPS));
        ServedKinds kinds = kinds();
        assertThat(asked).containsExactly("/api", "/apis");
        assertThat(accepted).allMatch(accept -> accept.startsWith("application/json;g=apidiscovery.k8s.io;v=v2;"));
        assertThat(kinds.kinds())
                .extracting(each -> each.type().apiVersion() + " " + each.type().kind())
                .containsExactly(
                        "v1 Binding", "v1 Pod", "autoscaling/v2 HorizontalPodAutoscaler", "autoscaling/v1 OnlyOld");
        assertThat(kinds.find("", "Pod")).hasValue(ResourceType.PODS);
        assertThat(kinds.of("autoscaling").get(1).type().namespaced()).isFalse();
        assertThat(kinds.of("").get(0).can("list")).isFalse();
        assertThat(kinds.of("").get(1).can("list")).isTrue();
    }

    @Test
    void a_group_whose_program_is_down_is_told_and_hides_no_other() {
        answers.putAll(Map.of("/api", CORE, "/apis", GROUPS));
        assertThat(kinds().silence("autoscaling")).isEmpty();
        assertThat(kinds().silence("down.example")).hasValueSatisfying(silent -> assertThat(silent.why())
                .contains("down.example/v1", "does not answer", "kubectl get apiservice v1.down.example"));
    }

    @Test
    void an_api_server_without_aggregated_discovery_is_asked_group_by_group() {
        answers.putAll(
                new TreeMap<>(
                        Map.of(
                                "/api",
                                "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}",
                                "/api/v1",
                                """
                {"resources": [{"name": "pods", "kind": "Pod", "namespaced": true, "verbs": ["list"]},
                 {"name": "pods/log", "kind": "Pod", "namespaced": true, "verbs": ["get"]}]}""",
                                "/apis",
                                """
                {"kind": "APIGroupList", "groups": [
                 {"name": "down.example", "versions": [{"version": "v1"}], "preferredVersion": {"version": "v1"}},
                 {"name": "autoscaling", "versions": [{"version": "v1"}, {"version": "v2"}],
                  "preferredVersion": {"version": "v2"}}]}""",
                                "/apis/autoscaling/v2",
                                """
                {"resources": [{"name": "horizontalpodautoscalers", "kind": "HorizontalPodAutoscaler",
                 "namespaced": true, "verbs": ["list"]}]}""",
                                "/apis/autoscaling/v1",
                                """
                {"resources": [{"name": "horizontalpodautoscalers", "kind": "HorizontalPodAutoscaler",
                 "namespaced": true, "verbs": ["list"]}]}""")));
        ServedKinds kinds = kinds();
        assertThat(kinds.kinds())
                .extracting(ServedKinds.Served::type)
                .containsExactly(ResourceType.PODS, ResourceType.AUTOSCALERS);
        assertThat(kinds.silent()).extracting(Silent::apiVersion).containsExactly("down.example/v1");
        assertThat(kinds.silent().get(0).why()).contains("(503)");
    }

    @Test
    void an_api_server_that_does_not_tell_is_a_failure_and_not_one_that_serves_nothing() {
        answers.put("/api", CORE);
        ClusterFailure failure = catchThrowableOfType(ClusterFailure.class, this::kinds);
        assertThat(failure).hasMessageContaining("read what is served at /apis");
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    private ServedKinds kinds() {
        return new Fabric8Reader(server, 100).kinds();
    }
}
