package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.incident.Target;

/**
 * A namespace of a test's own on a disposable cluster whose kubelets are played by kwok; gone afterwards. A pod's
 * annotation {@code play} says how it fails, {@code play-heals-on} after what it does not any more.
 */
public final class TestNamespace implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name = "down-" + UUID.randomUUID().toString().substring(0, 8);
    private final String kubeconfig;
    private final ApiServer server;
    private final Fabric8Reader reader;

    private TestNamespace(String kubeconfig, ApiServer server) {
        this.kubeconfig = kubeconfig;
        this.server = server;
        this.reader = new Fabric8Reader(server, 2);
    }

    public static TestNamespace on(String kubeconfig) {
        Kubeconfig file = Kubeconfig.read(kubeconfig);
        String context = file.context("cluster.context", "");
        var access = file.as("cluster.context", context);
        // What the tests set up is not what the program changes: the audit log tells them apart by this.
        access.setImpersonateUsername("somebody-else");
        access.setImpersonateGroups("system:masters");
        var server = new ApiServer(access, context, Duration.ofSeconds(10));
        var namespace = new TestNamespace(kubeconfig, server);
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

    public ClusterReader reader() {
        return reader;
    }

    public ClusterWriter writer() {
        return new Fabric8Writer(server);
    }

    /** An object in the namespace. @param json without its namespace */
    public void has(ResourceType type, String json) {
        post(Urls.all(type, name), json);
    }

    /** Two pods behind a service, as they should be. */
    public void isWell(String workload) {
        serves(workload, "{}");
        awaitPods(workload, 2, PodView::ready);
    }

    /** Two pods behind a service that crash until a rollout restart has replaced them. */
    public void crashesUntilRestarted(String workload) {
        serves(workload, "{\"play\": \"crash-loop\", \"play-heals-on\": \"restart\"}");
        awaitPods(workload, 2, pod -> pod.restarts() > 0);
    }

    /** Two pods behind a service that crash, and all that are made later, until {@link #getsWell}. */
    public void crashes(String workload) {
        serves(workload, "{\"play\": \"crash-loop\"}");
        hasRestarted(workload);
    }

    /** Two pods behind a service, one of which crashes until it is replaced. */
    public void hasOneBadPod(String workload) {
        serves(workload, "{}");
        awaitPods(workload, 2, PodView::ready);
        play(pods(workload).get(0).name(), "crash-loop");
        awaitPods(workload, 1, pod -> !pod.ready());
    }

    /** The containers of all of its pods are killed for want of memory, again and again. */
    public void runsOutOfMemory(String workload) {
        pods(workload).forEach(pod -> play(pod.name(), "oom"));
    }

    /**
     * Two pods behind a service, whose container has limits of 500m and 512Mi.
     *
     * @param play annotations of the pods, as JSON: how they fare, and what they use
     */
    public void isLimited(String workload, String play) {
        serves(workload, play, "{\"limits\": {\"cpu\": \"500m\", \"memory\": \"512Mi\"}}");
        awaitPods(workload, 2, pod -> !pod.terminating());
    }

    /** Both of its pods have had a container that ended, whatever for. */
    public void hasRestarted(String workload) {
        awaitPods(workload, 2, pod -> pod.restarts() > 0);
    }

    /** The metrics server has seen both of its pods twice: what they use of CPU is a difference. */
    public void isMeasured(String workload) {
        await(
                "samples of " + workload,
                () -> reader.list(ResourceType.POD_METRICS, Query.in(name)).stream()
                                .filter(sample -> sample.name().startsWith(workload + "-"))
                                .count()
                        == 2);
    }

    /** What each of its pods uses from now on. @param resource cpu or memory @param amount {@code 450m}, {@code 480Mi} */
    public void uses(String workload, String resource, String amount) {
        var body = JSON.createObjectNode();
        body.putObject("metadata").putObject("annotations").put("kwok.x-k8s.io/usage-" + resource, amount);
        pods(workload).stream().filter(pod -> !pod.terminating()).forEach(pod -> patchPod(pod.name(), body));
    }

    /** Makes an object of any kind that {@link ResourceType} knows, written in YAML. */
    public void makes(String yaml) {
        KubernetesObject object = Manifest.of(yaml);
        post(Urls.all(ResourceType.ofKind(object.kind()).orElseThrow(), object.namespace()), object.toString());
    }

    public void removes(ResourceType type, String clusterScoped) {
        server.send(
                new ApiRequest("remove " + clusterScoped, "DELETE", Urls.one(type, "", clusterScoped), "", ""),
                server.bound());
    }

    /** All pods that are there get ready. */
    public void getsWell(String workload) {
        pods(workload).forEach(pod -> play(pod.name(), "ready"));
    }

    /** By hand; whatever becomes of it. */
    public void isSetTo(String workload, int replicas) {
        var body = JSON.createObjectNode();
        body.putObject("spec").put("replicas", replicas);
        patch(ResourceType.DEPLOYMENTS, workload, body);
    }

    public void isScaledTo(String workload, int replicas) {
        isSetTo(workload, replicas);
        awaitPods(workload, replicas, pod -> !pod.terminating());
    }

    public void hasBudget(String workload, int minAvailable) {
        post(
                "/apis/policy/v1/namespaces/" + name + "/poddisruptionbudgets",
                """
                {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "%1$s"}, "spec": {
                 "minAvailable": %2$d, "selector": {"matchLabels": {"app": "%1$s"}}}}"""
                        .formatted(workload, minAvailable));
        await("the budget of " + workload + " to be counted", () -> reader.get(
                        ResourceType.DISRUPTION_BUDGETS, name, workload)
                .filter(budget -> budget.number("/status/expectedPods", 0) == 2)
                .isPresent());
    }

    public void hasAutoscaler(String workload) {
        post(
                "/apis/autoscaling/v2/namespaces/" + name + "/horizontalpodautoscalers",
                """
                {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "%1$s"},
                 "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "%1$s"},
                 "minReplicas": 2, "maxReplicas": 4, "metrics": [{"type": "Resource", "resource": {"name": "cpu",
                  "target": {"type": "Utilization", "averageUtilization": 80}}}]}}"""
                        .formatted(workload));
    }

    /** Deployments of one pod each, which runs and never gets ready. */
    public void neverReady(List<String> workloads) {
        workloads.forEach(workload -> deploys(workload, 1, "{\"play\": \"not-ready\"}", "{}"));
        Awaitility.await("pods that run")
                .atMost(Duration.ofMinutes(2))
                .until(() -> reader.list(ResourceType.PODS, Query.in(name)).stream()
                                .filter(pod -> pod.text("/status/phase", "").equals("Running"))
                                .count()
                        == workloads.size());
    }

    /** @param play annotations of the pods, as JSON */
    private void deploys(String workload, int replicas, String play, String resources) {
        post(
                "/apis/apps/v1/namespaces/" + name + "/deployments",
                """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%1$s"}, "spec": {
                 "replicas": %2$d, "selector": {"matchLabels": {"app": "%1$s"}}, "template": {
                  "metadata": {"labels": {"app": "%1$s"}, "annotations": %3$s},
                  "spec": {"terminationGracePeriodSeconds": 1,
                   "containers": [{"name": "app", "image": "example.invalid/app:1", "resources": %4$s}]}}}}"""
                        .formatted(workload, replicas, play, resources));
    }

    private void serves(String workload, String play) {
        serves(workload, play, "{}");
    }

    private void serves(String workload, String play, String resources) {
        deploys(workload, 2, play, resources);
        post(
                "/api/v1/namespaces/" + name + "/services",
                """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%1$s"}, "spec": {
                 "selector": {"app": "%1$s"}, "ports": [{"port": 8080}]}}"""
                        .formatted(workload));
    }

    private void awaitPods(String workload, int count, Predicate<PodView> wanted) {
        await(
                count + " pods of " + workload + " as they are to be",
                () -> pods(workload).stream().filter(wanted).count() == count);
    }

    private static void await(String what, Callable<Boolean> done) {
        Awaitility.await(what).atMost(Duration.ofMinutes(1)).until(done);
    }

    private void play(String pod, String how) {
        var body = JSON.createObjectNode();
        body.putObject("metadata").putObject("annotations").put("play", how);
        patchPod(pod, body);
    }

    /** One that a rollout has replaced since it was listed fares as it likes. */
    private void patchPod(String pod, JsonNode body) {
        ApiAnswer answer = sent(ResourceType.PODS, pod, body);
        assertThat(answer.ok() || answer.status() == 404).as(answer.body()).isTrue();
    }

    private void patch(ResourceType type, String object, JsonNode body) {
        ApiAnswer answer = sent(type, object, body);
        assertThat(answer.ok()).as(answer.body()).isTrue();
    }

    private ApiAnswer sent(ResourceType type, String object, JsonNode body) {
        ApiRequest request = ApiRequest.patch("patch " + object, type, Urls.one(type, name, object), body);
        return server.send(request, server.bound());
    }

    public KubernetesObject deployment(String workload) {
        return reader.get(ResourceType.DEPLOYMENTS, name, workload).orElseThrow();
    }

    /** As it is now; empty when it is gone. */
    public Optional<KubernetesObject> object(Target target) {
        return ResourceType.ofKind(target.kind()).flatMap(type -> reader.get(type, target.namespace(), target.name()));
    }

    public List<PodView> pods(String workload) {
        Query ofWorkload = Query.in(name).selecting(LabelSelector.equalTo(Map.of("app", workload)));
        return reader.list(ResourceType.PODS, ofWorkload).stream()
                .map(PodView::of)
                .toList();
    }

    /** Makes an object of any kind, in this namespace if its kind has one. */
    public KubernetesObject make(ResourceType type, ObjectNode manifest) {
        return answered(ApiRequest.post("make " + type.kind(), Urls.all(type, name), manifest));
    }

    /** Changes an object by a JSON merge patch. @param part empty, or {@code /status}, as its controller writes it */
    public KubernetesObject merge(ResourceType type, KubernetesObject object, String part, ObjectNode body) {
        String path = Urls.one(type, object.namespace(), object.name()) + part;
        return answered(
                new ApiRequest("patch " + object, "PATCH", path, "application/merge-patch+json", body.toString()));
    }

    public void delete(ResourceType type, KubernetesObject object) {
        String path = Urls.one(type, object.namespace(), object.name());
        answered(new ApiRequest("delete " + object, "DELETE", path, "", ""));
    }

    /** Where the API server listens, for TLS. */
    public URI address() {
        Kubeconfig file = Kubeconfig.read(kubeconfig);
        return URI.create(file.as("cluster.context", server.context()).getMasterUrl());
    }

    private KubernetesObject answered(ApiRequest request) {
        ApiAnswer answer = server.send(request, server.bound());
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return KubernetesObject.of(answer.json());
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
