package org.incidentorchestrator.step.verb.host;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On real nodes, workloads and endpoint slices. Their pods are played, and answer no HTTP: that is the sandbox's case. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason = "the smoke test on a real API server; set TEST_KUBECONFIG to the kubeconfig of a disposable"
                + " cluster whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
class SmokeApiServerIT extends SmokeContract {
    private final TestNamespace cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"));

    @AfterEach
    void close() {
        cluster.close();
    }

    @Override
    String workload() {
        return "smoke";
    }

    @Override
    void isWell() {
        cluster.isWell(workload());
    }

    @Override
    void crashes() {
        cluster.crashes(workload());
    }

    @Override
    Plan<?> smokeTest() {
        var step = Verbs.with("cluster.namespaces=" + cluster.name()).get("runSmokeTest");
        return Verbs.plan(
                step, Map.of(), new StepContext(cluster.reader(), Optional.empty(), Mode.REHEARSE, Instant.now()));
    }
}
