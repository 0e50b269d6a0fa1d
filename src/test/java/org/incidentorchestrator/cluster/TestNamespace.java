package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.ClusterReader.Query;

/**
 * A namespace of a test's own on a disposable cluster whose kubelets are played by kwok; gone afterwards. A pod's
 * annotation {@code play} says how it fails, {@code play-heals-on} after what it does not any more.
 */
public final class TestNamespace implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name = "down-" + UUID.randomUUID().toString().substring(0, 8);
    private final ApiServer server;
    private final Fabric8Reader reader;

    private TestNamespace(ApiServer server) {
        this.server = server;
        this.reader = new Fabric8Reader(server, 2);
    }

    public static TestNamespace on(String kubeconfig) {
        Kubeconfig file = Kubeconfig.read(kubeconfig);
        String context = file.context("cluster.context", "");
        var server = new ApiServer(file.as("cluster.context", context), context, Duration.ofSeconds(10));
        var namespace = new TestNamespace(server);
        namespace.post(
                "/api/v1/namespaces",
                """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}"""
                        .formatted(namespace.name));
        return namespace;
    }

    public String name() {
        return name;
    }

    /** Two pods behind a service that crash until a rollout restart has replaced them. */
    public void crashesUntilRestarted(String workload) {
        post(
                "/apis/apps/v1/namespaces/" + name + "/deployments",
                """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%1$s"}, "spec": {
                 "replicas": 2, "selector": {"matchLabels": {"app": "%1$s"}}, "template": {
                  "metadata": {"labels": {"app": "%1$s"}, "annotations": {
                   "play": "crash-loop", "play-heals-on": "restart"}},
                  "spec": {"terminationGracePeriodSeconds": 1,
                   "containers": [{"name": "app", "image": "example.invalid/app:1"}]}}}}"""
                        .formatted(workload));
        post(
                "/api/v1/namespaces/" + name + "/services",
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%1$s"}, "spec": {
                 "selector": {"app": "%1$s"}, "ports": [{"port": 8080}]}}"""
                        .formatted(workload));
        Awaitility.await("pods of " + workload + " that crash")
                .atMost(Duration.ofMinutes(1))
                .until(() -> pods(workload).stream()
                                .filter(pod -> pod.restarts() > 0)
                                .count()
                        == 2);
    }

    /** Deployments of one pod each, which runs and never gets ready. */
    public void neverReady(List<String> workloads) {
        for (String workload : workloads) {
            post(
                    "/apis/apps/v1/namespaces/" + name + "/deployments",
                    """
                    {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%1$s"}, "spec": {
                     "replicas": 1, "selector": {"matchLabels": {"app": "%1$s"}}, "template": {
                      "metadata": {"labels": {"app": "%1$s"}, "annotations": {"play": "not-ready"}},
                      "spec": {"terminationGracePeriodSeconds": 1,
                       "containers": [{"name": "app", "image": "example.invalid/app:1"}]}}}}"""
                            .formatted(workload));
        }
        Awaitility.await("pods that run")
                .atMost(Duration.ofMinutes(2))
                .until(() -> reader.list(ResourceType.PODS, Query.in(name)).stream()
                                .filter(pod -> pod.text("/status/phase", "").equals("Running"))
                                .count()
                        == workloads.size());
    }

    public KubernetesObject deployment(String workload) {
        return reader.get(ResourceType.DEPLOYMENTS, name, workload).orElseThrow();
    }

    private List<PodView> pods(String workload) {
        Query ofWorkload = Query.in(name).selecting(LabelSelector.equalTo(Map.of("app", workload)));
        return reader.list(ResourceType.PODS, ofWorkload).stream()
                .map(PodView::of)
                .toList();
    }

    private void post(String path, String body) {
        try {
            ApiAnswer answer =
                    server.send(ApiRequest.post("create in " + name, path, JSON.readTree(body)), server.bound());
            assertThat(answer.ok()).as(answer.body()).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.send(
                new ApiRequest("delete the namespace", "DELETE", "/api/v1/namespaces/" + name, "", ""), server.bound());
        server.close();
    }
}
