package org.incidentorchestrator.step.verb.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** And there kubectl really makes it all again, as operations.md says. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason = "back-ups of a real API server; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster"
                + " whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
class BackupApiServerIT extends BackupContract {
    private static final String KUBECONFIG = System.getenv("TEST_KUBECONFIG");

    @BeforeAll
    static void theCustomKindsAreServed() {
        CustomKinds.installed(KUBECONFIG);
    }

    private final TestNamespace cluster = TestNamespace.on(KUBECONFIG);

    @AfterEach
    void itIsGone() {
        cluster.close();
    }

    @Override
    ClusterReader reader() {
        return cluster.reader();
    }

    @Override
    ClusterWriter writer() {
        return cluster.writer();
    }

    @Override
    String namespace() {
        return cluster.name();
    }

    @Override
    void deploy() {
        OBJECTS.forEach(
                (type, yaml) -> cluster.make(type, (ObjectNode) Manifest.tree(yaml.replace("NAMESPACE", namespace()))));
        await("a pod", () -> !there(ResourceType.PODS).isEmpty());
    }

    @Override
    void deleteAll() {
        OBJECTS.forEach((type, yaml) -> there(type).stream()
                .filter(object -> object.name().startsWith("kept"))
                .forEach(object -> cluster.delete(type, object)));
        await(
                "that nothing is left",
                () -> there(ResourceType.PODS).isEmpty()
                        && there(ResourceType.DEPLOYMENTS).isEmpty());
    }

    @Override
    void afterwards(Path backup) throws IOException {
        kubectl(
                "apply",
                "--server-side",
                "--force-conflicts",
                "-f",
                backup.resolve("objects.yaml").toString());
        await("the pod of the deployment that was made again", () -> !there(ResourceType.PODS)
                .isEmpty());
        assertThat(reader().get(ResourceType.CONFIG_MAPS, namespace(), "kept")
                        .orElseThrow()
                        .map("/data"))
                .containsEntry("retries", "3");
        assertThat(reader().get(ResourceType.EXTERNAL_SECRETS, namespace(), "kept"))
                .isPresent();
    }

    private static void kubectl(String... arguments) throws IOException {
        var line = new java.util.ArrayList<>(java.util.List.of("kubectl"));
        line.addAll(java.util.List.of(arguments));
        ProcessBuilder kubectl = new ProcessBuilder(line).redirectErrorStream(true);
        kubectl.environment().put("KUBECONFIG", KUBECONFIG);
        Process process = kubectl.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> done) {
        Awaitility.await(what).atMost(Duration.ofMinutes(1)).until(done);
    }
}
