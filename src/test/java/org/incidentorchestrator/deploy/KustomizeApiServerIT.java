package org.incidentorchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.cluster.CustomKinds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kubectl makes of the overlays, an API server takes. The namespaces have to be there, as where it is installed. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "the overlays of src/deploy; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster, such"
                        + " as '.ci/kube-cluster up FOLDER' starts, and put kubectl on the PATH")
class KustomizeApiServerIT {
    @BeforeAll
    static void theNamespacesAreThere() throws Exception {
        assumeTrue(run("version", "--client").ended == 0, "the overlays; put kubectl on the PATH");
        CustomKinds.installed(System.getenv("TEST_KUBECONFIG"));
        for (String namespace : List.of("incident-orchestrator", "a1-orchestrator", "gatekeeper-system", "argocd")) {
            Ended made = run("create", "namespace", namespace);
            assertThat(made.said).containsAnyOf("created", "AlreadyExists");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/rehearse", "overlays/execute"})
    void is_taken_whole(String overlay) throws Exception {
        Ended tried = run(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                "-o",
                "name",
                "-k",
                DeployFiles.FOLDER.resolve(overlay).toString());
        assertThat(tried.ended).as(tried.said).isZero();
        assertThat(tried.said.lines())
                .contains(
                        "namespace/incident-orchestrator",
                        "deployment.apps/incident-orchestrator",
                        "service/incident-orchestrator",
                        "networkpolicy.networking.k8s.io/incident-orchestrator",
                        "serviceaccount/incident-orchestrator-backup",
                        "rolebinding.rbac.authorization.k8s.io/incident-orchestrator-change",
                        "validatingadmissionpolicy.admissionregistration.k8s.io/incident-orchestrator-change-deployments")
                .noneMatch(object -> object.contains("restore"));
        assertThat(tried.said.contains("only-rehearses")).isEqualTo(overlay.endsWith("rehearse"));
    }

    private record Ended(int ended, String said) {}

    private static Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("kubectl"));
        line.addAll(List.of(arguments));
        ProcessBuilder kubectl = new ProcessBuilder(line).redirectErrorStream(true);
        kubectl.environment().put("KUBECONFIG", System.getenv("TEST_KUBECONFIG"));
        Process process = kubectl.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
