package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The looks on a real API server, with its scheduler, its quota admission and its volume controller. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason = "the looks on a real API server; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster"
                + " whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
class LooksApiServerIT extends LooksContract {
    private static final String KUBECONFIG = System.getenv("TEST_KUBECONFIG");
    private static final String OWN = "looks-" + UUID.randomUUID().toString().substring(0, 8);
    private static TestNamespace cluster;
    private static TestNamespace bounded;

    @BeforeAll
    static void open() {
        cluster = TestNamespace.on(KUBECONFIG);
        bounded = TestNamespace.on(KUBECONFIG);
    }

    @AfterAll
    static void close() {
        cluster.removes(ResourceType.STORAGE_CLASSES, OWN);
        cluster.close();
        bounded.close();
    }

    @Override
    ClusterReader reader() {
        return cluster.reader();
    }

    @Override
    String namespace() {
        return cluster.name();
    }

    @Override
    String boundedNamespace() {
        return bounded.name();
    }

    @Override
    String ownName() {
        return OWN;
    }

    @Override
    Instant now() {
        return Instant.now();
    }

    @Override
    void make(String yaml) {
        cluster.makes(yaml);
    }

    @Override
    void await(String what, BooleanSupplier done) {
        Awaitility.await(what)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(done::getAsBoolean);
    }

    @Override
    void runOutOfMemory(String workload) {
        cluster.runsOutOfMemory(workload);
    }

    @Test
    void the_printed_lines_are_taken_by_kubectl() throws Exception {
        KubectlText text = KubectlText.of(reader().cluster());
        assertThat(kubectl(text.describeAll(ResourceType.NODES, ""))).contains("Allocatable:");
        assertThat(kubectl(text.topNodes())).contains("CPU(cores)");
        assertThat(kubectl(text.describeAll(ResourceType.QUOTAS, namespace()) + " 2>&1"))
                .isNotBlank();
        assertThat(kubectl(text.describeAll(ResourceType.LIMIT_RANGES, namespace()) + " 2>&1"))
                .isNotBlank();
    }

    /** Runs the line as a person would. */
    private static String kubectl(String line) throws IOException, InterruptedException {
        assumeTrue(run("command -v kubectl").waitFor() == 0, "the kubectl lines; put kubectl on the PATH");
        Process process = run(line);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line).isZero();
        return out;
    }

    private static Process run(String line) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line);
        shell.environment().put("KUBECONFIG", KUBECONFIG);
        return shell.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
