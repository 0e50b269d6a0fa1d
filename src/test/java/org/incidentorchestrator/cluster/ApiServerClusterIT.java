package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on a real API server, and our kubectl lines on a real kubectl. In a namespace of its own, gone afterwards. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "the contract on a real API server; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster whose"
                        + " kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
class ApiServerClusterIT extends ClusterContract {
    private static final String KUBECONFIG = System.getenv("TEST_KUBECONFIG");
    private static final String NAMESPACE =
            "contract-" + UUID.randomUUID().toString().substring(0, 8);
    private static ApiServer server;
    private static Fabric8Reader reader;

    @BeforeAll
    static void open() {
        Kubeconfig file = Kubeconfig.read(KUBECONFIG);
        String context = file.context("cluster.context", "");
        server = new ApiServer(file.as("cluster.context", context), context, Duration.ofSeconds(10));
        reader = new Fabric8Reader(server, 2);
        create("/api/v1/namespaces", "Namespace", NAMESPACE, "{}");
    }

    @AfterAll
    static void close() {
        if (server != null) {
            send(new ApiRequest("delete the namespace", "DELETE", "/api/v1/namespaces/" + NAMESPACE, "", ""));
            server.close();
        }
    }

    @Override
    protected ClusterReader reader() {
        return reader;
    }

    @Override
    protected ClusterWriter writer() {
        return new Fabric8Writer(server);
    }

    @Override
    protected Stage stage() {
        return new OnApiServer();
    }

    // ---- what only a real API server shows

    @Test
    void a_field_that_does_not_exist_is_refused_and_not_dropped() {
        stage().deploy("seen", 2);
        String typo = "{\"spec\": {\"replicaz\": 3}}";
        assertThat(fails(Kind.INVALID, () -> writer().apply(patch(deployment("seen"), typo), Write.DRY_RUN)))
                .hasMessageContaining("replicaz");
    }

    @Test
    void two_budgets_over_one_pod_forbid_its_eviction() {
        stage().deploy("twice", 2);
        stage().budget("twice", 1);
        create(
                "/apis/policy/v1/namespaces/" + NAMESPACE + "/poddisruptionbudgets",
                "PodDisruptionBudget",
                "twice-more",
                "{\"minAvailable\": 1, \"selector\": {\"matchLabels\": {\"app\": \"twice\"}}}");
        KubernetesObject pod = pods("twice").get(0);
        Change evict = new Change.Evict(pod.target(), pod.uid(), pod.resourceVersion(), Change.Identity.CHANGE);
        fails(Kind.BUDGET, () -> writer().apply(evict, Write.FOR_REAL));
    }

    @Test
    void rights_that_are_missing_are_named_and_nothing_is_done_without_them() {
        stage().deploy("seen", 2);
        KubernetesObject pod = pods("seen").get(0);
        KubernetesObject deployment = deployment("seen");
        try (ApiServer nobody = as("nobody-in-particular", Duration.ofSeconds(10))) {
            ClusterReader blind = new Fabric8Reader(nobody, 2);
            ClusterWriter powerless = new Fabric8Writer(nobody);
            names("pods", () -> blind.list(ResourceType.PODS, Query.in(NAMESPACE)));
            names("deployments", () -> blind.get(ResourceType.DEPLOYMENTS, NAMESPACE, "seen"));
            names("pods/log", () -> blind.logs(new LogQuery(NAMESPACE, pod.name(), CONTAINER, false, 1, 100)));
            names("pods/proxy", () -> blind.http(HttpQuery.ofPod(NAMESPACE, pod.name(), "http", 8080, "/")));
            names("services/proxy", () -> blind.http(HttpQuery.ofService(NAMESPACE, "seen", "http", 8080, "/")));
            names("pods/exec", () -> blind.exec(ls(pod)));
            names(
                    "deployments",
                    () -> powerless.apply(patch(deployment, "{\"spec\": {\"replicas\": 3}}"), Write.FOR_REAL));
        }
        assertThat(deployment("seen").number("/spec/replicas", 0)).isEqualTo(2);
    }

    private static void names(String right, ThrowingCallable call) {
        assertThat(fails(Kind.FORBIDDEN, call))
                .hasMessageContaining("nobody-in-particular")
                .hasMessageContaining(right);
    }

    @Test
    void a_program_that_does_not_end_is_given_up_in_time() {
        stage().deploy("seen", 2);
        KubernetesObject pod = pods("seen").get(0);
        var sleep = new ExecQuery(NAMESPACE, pod.name(), CONTAINER, List.of("sleep", "30"), 100);
        try (ApiServer hurried = as("", Duration.ofSeconds(1))) {
            assertThat(fails(Kind.UNREACHABLE, () -> new Fabric8Reader(hurried, 2).exec(sleep)))
                    .hasMessageContaining("no answer in time");
        }
    }

    /** @param user whom to impersonate; empty for oneself */
    private static ApiServer as(String user, Duration timeout) {
        var config = Kubeconfig.read(KUBECONFIG).as("cluster.context", server.context());
        if (!user.isEmpty()) {
            config.setImpersonateUsername(user);
        }
        return new ApiServer(config, server.context(), timeout);
    }

    private static ExecQuery ls(KubernetesObject pod) {
        return new ExecQuery(NAMESPACE, pod.name(), CONTAINER, List.of("ls", "/"), 65536);
    }

    // ---- kubectl

    @Test
    void the_printed_lines_show_the_same_objects() throws Exception {
        stage().deploy("seen", 2);
        KubectlText text = KubectlText.of(reader().cluster());
        String uid = deployment("seen").uid();
        assertThat(kubectl(text.get(ResourceType.DEPLOYMENTS, NAMESPACE, "seen")))
                .contains(uid);
        assertThat(kubectl(text.describe(new Target("Deployment", NAMESPACE, "seen"))))
                .contains("seen");
        Query labelled = Query.in(NAMESPACE).selecting(of("seen")).where("status.phase", "Running");
        assertThat(kubectl(text.list(ResourceType.PODS, labelled)))
                .contains(pods("seen").get(0).name());
        assertThat(kubectl(text.list(ResourceType.POD_METRICS, Query.in(NAMESPACE)) + " -o name"))
                .doesNotContain("Pod/");
        assertThat(kubectl(text.list(ResourceType.ENDPOINT_SLICES, Query.in(NAMESPACE)) + " -o name"))
                .isNotNull();
        stage().serve("deserted-too");
        HttpQuery deserted = HttpQuery.ofService(NAMESPACE, "deserted-too", "http", 8080, "/health");
        assertThat(kubectl(text.http(deserted) + " 2>&1 || true")).contains("no endpoints available for service");
        assertThat(kubectl(text.list(ResourceType.SERVICES, Query.in(NAMESPACE))))
                .contains("deserted-too");
        assertThat(kubectl(text.list(ResourceType.NETWORK_POLICIES, Query.in(NAMESPACE)) + " 2>&1"))
                .contains("No resources found");
        LogQuery logs = new LogQuery(NAMESPACE, pods("seen").get(0).name(), CONTAINER, false, 100, 65536);
        assertThat(kubectl(text.logs(logs))).isEqualTo(((LogAnswer.Lines) reader().logs(logs)).text());
        ExecQuery ls = ls(pods("seen").get(0));
        assertThat(reader().exec(ls)).isEqualTo(new ExecAnswer.Ended(0, kubectl(text.exec(ls)), "", false));
        assertThat(kubectl(text.rolloutStatus(new Target("Deployment", NAMESPACE, "seen"))))
                .contains("successfully rolled out");
    }

    @Test
    void the_printed_scale_scales_from_what_it_was_decided_on_and_from_nothing_else() throws Exception {
        stage().deploy("scaled-by-hand", 2);
        Target target = new Target("Deployment", NAMESPACE, "scaled-by-hand");
        KubectlText text = KubectlText.of(reader().cluster());
        kubectl(text.scale(target, 2, 3));
        assertThat(deployment("scaled-by-hand").number("/spec/replicas", 0)).isEqualTo(3);
        kubectl(text.scale(target, 2, 5) + " 2>&1 || true");
        assertThat(deployment("scaled-by-hand").number("/spec/replicas", 0)).isEqualTo(3);
    }

    @Test
    void the_printed_restart_sets_the_annotation_that_ours_sets() throws Exception {
        stage().deploy("restarted", 1);
        kubectl(KubectlText.of(reader().cluster()).rolloutRestart(new Target("Deployment", NAMESPACE, "restarted")));
        assertThat(deployment("restarted").at("/spec/template").annotation("kubectl.kubernetes.io/restartedAt"))
                .isPresent();
    }

    @Test
    void the_printed_eviction_evicts_that_pod_and_no_other() throws Exception {
        stage().deploy("typed", 2);
        KubernetesObject pod = pods("typed").get(0);
        KubectlText text = KubectlText.of(reader().cluster());
        kubectl(text.evict(pod.target(), pod.uid()));
        stage().await("the pod to go", () -> reader().get(ResourceType.PODS, NAMESPACE, pod.name())
                .isEmpty());
    }

    /** Runs the line as a person would: in a shell, word for word. */
    private static String kubectl(String line) throws IOException, InterruptedException {
        assumeTrue(onPath("kubectl"), "the kubectl lines; put kubectl on the PATH");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line);
        shell.environment().put("KUBECONFIG", KUBECONFIG);
        Process process = shell.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line).isZero();
        return out;
    }

    private static boolean onPath(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    }

    // ---- the stage

    private final class OnApiServer implements Stage {
        @Override
        public String namespace() {
            return NAMESPACE;
        }

        @Override
        public void deploy(String name, int replicas) {
            if (ready(name, replicas)) {
                return;
            }
            // A busy test machine can lose a node for a moment, and played pods do not get ready again.
            String path = Urls.one(ResourceType.DEPLOYMENTS, NAMESPACE, name);
            send(new ApiRequest("delete " + name, "DELETE", path, "", ""));
            await("no pods of " + name, () -> pods(name).isEmpty());
            create(name, replicas);
            await("deployment " + name, () -> ready(name, replicas));
        }

        private boolean ready(String name, int replicas) {
            return reader.get(ResourceType.DEPLOYMENTS, NAMESPACE, name)
                    .filter(it -> it.number("/status/readyReplicas", 0) == replicas)
                    .isPresent();
        }

        @Override
        public void serve(String name) {
            create(
                    "/api/v1/namespaces/" + NAMESPACE + "/services",
                    "Service",
                    name,
                    "{\"selector\": {\"app\": \"" + name + "\"}, \"ports\": [{\"port\": 8080}]}");
            Query slices =
                    Query.in(NAMESPACE).selecting(LabelSelector.equalTo(Map.of("kubernetes.io/service-name", name)));
            await(
                    "endpoints",
                    () -> reader.list(ResourceType.ENDPOINT_SLICES, slices).stream()
                                    .mapToInt(slice -> slice.items("/endpoints").size())
                                    .sum()
                            == pods(name).size());
        }

        @Override
        public void budget(String name, int minAvailable) {
            create(
                    "/apis/policy/v1/namespaces/" + NAMESPACE + "/poddisruptionbudgets",
                    "PodDisruptionBudget",
                    name,
                    "{\"minAvailable\": " + minAvailable + ", \"selector\": {\"matchLabels\": {\"app\": \"" + name
                            + "\"}}}");
            await("the budget to be counted", () -> reader.get(ResourceType.DISRUPTION_BUDGETS, NAMESPACE, name)
                    .filter(it -> it.number("/status/observedGeneration", 0) > 0)
                    .filter(it -> it.number("/status/currentHealthy", 0) >= minAvailable)
                    .isPresent());
        }

        @Override
        public void await(String what, BooleanSupplier done) {
            Awaitility.await(what)
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(200))
                    .until(done::getAsBoolean);
        }

        @Override
        public KubernetesObject oneBadPod(String name) {
            String pod = pods(name).get(0).name();
            play(pod, "not-ready");
            await("the pod to be unready", () -> !PodView.of(pod(pod)).ready());
            return pod(pod);
        }

        @Override
        public void crash(String name) {
            pods(name).forEach(pod -> play(pod.name(), "crash-loop"));
        }

        private void play(String pod, String how) {
            String body = "{\"metadata\": {\"annotations\": {\"play\": \"" + how + "\"}}}";
            String path = Urls.one(ResourceType.PODS, NAMESPACE, pod);
            assertThat(send(ApiRequest.patch("play " + how, ResourceType.PODS, path, json(body)))
                            .ok())
                    .isTrue();
        }

        private KubernetesObject pod(String name) {
            return reader.get(ResourceType.PODS, NAMESPACE, name).orElseThrow();
        }
    }

    private static void create(String name, int replicas) {
        String app = "{\"app\": \"" + name + "\"}";
        String spec =
                """
                {"replicas": %d, "selector": {"matchLabels": %s}, "template": {"metadata": {"labels": %s}, "spec":
                 {"containers": [{"name": "app", "image": "example.invalid/app:1",
                  "resources": {"limits": {"cpu": "100m", "memory": "64Mi"}}}], "terminationGracePeriodSeconds": 1}}}
                """
                        .formatted(replicas, app, app);
        create("/apis/apps/v1/namespaces/" + NAMESPACE + "/deployments", "Deployment", name, spec);
    }

    private static void create(String path, String kind, String name, String spec) {
        String apiVersion =
                path.startsWith("/api/") ? "v1" : List.of(path.split("/")).get(2) + "/v1";
        var body = new ObjectMapper()
                .createObjectNode()
                .put("apiVersion", apiVersion)
                .put("kind", kind);
        body.putObject("metadata").put("name", name).putObject("labels").put("app", name);
        body.set("spec", json(spec));
        ApiAnswer answer = send(ApiRequest.post("create " + kind + " " + name, path, body));
        assertThat(answer.ok() || answer.status() == 409).as(answer.body()).isTrue();
    }

    /** As somebody else than the writer that is tested. */
    private static ApiAnswer send(ApiRequest request) {
        String path = request.path() + (request.path().contains("?") ? "&" : "?") + "fieldManager=somebody-else";
        ApiRequest named = new ApiRequest(request.what(), request.method(), path, request.mediaType(), request.body());
        return server.send(named, server.bound());
    }
}
