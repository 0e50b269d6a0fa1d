package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The contract of custom kinds and of apply on a real API server, and the printed apply on a real kubectl. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "custom kinds and server-side apply on a real API server; set TEST_KUBECONFIG to the kubeconfig of a"
                        + " disposable cluster, such as '.ci/kube-cluster up FOLDER' starts")
class CustomKindApiServerIT extends CustomKindContract {
    private static final String KUBECONFIG = System.getenv("TEST_KUBECONFIG");
    private static final String NAMESPACE =
            "custom-" + UUID.randomUUID().toString().substring(0, 8);
    private static ApiServer server;
    private static Fabric8Reader reader;

    @BeforeAll
    static void open() {
        CustomKinds.installed(KUBECONFIG);
        Kubeconfig file = Kubeconfig.read(KUBECONFIG);
        String context = file.context("cluster.context", "");
        server = new ApiServer(file.as("cluster.context", context), context, Duration.ofSeconds(10));
        reader = new Fabric8Reader(server, 2);
        ok(ApiRequest.post(
                "make a namespace",
                "/api/v1/namespaces",
                tree("{apiVersion: v1, kind: Namespace, metadata: {name: " + NAMESPACE + "}}")));
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.send(
                    new ApiRequest("delete the namespace", "DELETE", "/api/v1/namespaces/" + NAMESPACE, "", ""),
                    server.bound());
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
    protected String namespace() {
        return NAMESPACE;
    }

    @Override
    protected KubernetesObject make(ResourceType type, ObjectNode manifest) {
        String path = Urls.all(type, NAMESPACE) + "?fieldManager=somebody-else";
        return ok(ApiRequest.post("make " + type.kind(), path, manifest));
    }

    @Override
    protected KubernetesObject changeAsOther(KubernetesObject object, ObjectNode body) {
        return ok(merge(path(object) + "?fieldManager=somebody-else", body));
    }

    @Override
    protected void report(KubernetesObject object, ObjectNode status) {
        ObjectNode body = tree("{}");
        body.set("status", status);
        ok(merge(path(object) + "/status?fieldManager=its-controller", body));
    }

    @Override
    protected void delete(KubernetesObject object) {
        ok(new ApiRequest("delete", "DELETE", path(object), "", ""));
        Awaitility.await("the object to go").atMost(Duration.ofMinutes(1)).until(() -> reader.get(
                        ResourceType.CONFIG_MAPS, NAMESPACE, object.name())
                .isEmpty());
    }

    // ---- what only a real API server shows

    @Test
    void a_field_that_the_kind_does_not_have_is_refused_for_good() {
        ObjectNode manifest = manifest("typo", "one");
        manifest.withObject("/dta").put("text", "one");
        assertThat(fails(Kind.INVALID, () -> apply(Optional.empty(), manifest))).hasMessageContaining("dta");
        KubernetesObject app = application("typos");
        Change wrong = new Change.Patch(
                app.target(),
                app.uid(),
                app.resourceVersion(),
                tree("{spec: {syncPolicy: {automatic: {}}}}"),
                Change.Identity.CHANGE);
        assertThat(fails(Kind.INVALID, () -> writer().apply(wrong, ClusterWriter.Write.FOR_REAL)))
                .hasMessageContaining("unknown field \"spec.syncPolicy.automatic\"")
                .hasMessageNotContaining("git.example");
    }

    @Test
    void the_printed_apply_makes_the_object_that_ours_makes(@TempDir Path folder) throws Exception {
        ObjectNode manifest = manifest("typed", "one");
        Path file = Files.writeString(folder.resolve("it's typed.yaml"), manifest.toString());
        shell(KubectlText.of(reader.cluster()).apply(file));
        KubernetesObject theirs =
                reader.get(ResourceType.CONFIG_MAPS, NAMESPACE, "typed").orElseThrow();
        delete(theirs);
        assertThat(bare(apply(Optional.empty(), manifest))).isEqualTo(bare(theirs));
        assertThat(theirs.items("/metadata/managedFields"))
                .extracting(entry -> entry.text("/manager", "") + " " + entry.text("/operation", ""))
                .containsExactly("incident-orchestrator Apply");
    }

    private static ObjectNode bare(KubernetesObject object) {
        ObjectNode tree = object.toJson();
        tree.withObject("/metadata").retain("name", "namespace", "labels", "annotations");
        return tree;
    }

    private static void shell(String line) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
        shell.environment().put("KUBECONFIG", KUBECONFIG);
        Process process = shell.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + "\n" + out).isZero();
    }

    private static String path(KubernetesObject object) {
        ResourceType type = ResourceType.ofKind(object.kind()).orElseThrow();
        return Urls.one(type, object.namespace(), object.name());
    }

    private static ApiRequest merge(String path, ObjectNode body) {
        return new ApiRequest("patch", "PATCH", path, "application/merge-patch+json", body.toString());
    }

    private static KubernetesObject ok(ApiRequest request) {
        ApiAnswer answer = server.send(request, server.bound());
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return KubernetesObject.of(answer.json());
    }
}
