package org.incidentorchestrator.step.verb.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What a real API server has written down of who changed something. */
@EnabledIfEnvironmentVariable(
        named = "TEST_AUDIT_LOG",
        matches = ".+",
        disabledReason = "the audit log of a real API server; set TEST_KUBECONFIG and TEST_AUDIT_LOG to those of a"
                + " disposable cluster, such as '.ci/kube-cluster up FOLDER' starts")
class ReadAuditLogApiServerIT {
    @Test
    void who_changed_what_is_found_with_whom_they_acted_as() {
        try (TestNamespace cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"))) {
            cluster.isWell("audited");
            var step = Verbs.with(
                            "audit.log=" + System.getenv("TEST_AUDIT_LOG"), "cluster.namespaces=" + cluster.name())
                    .get("readAuditLog");

            Awaitility.await().until(() -> table(step, cluster).contains("deployments/audited"));

            assertThat(table(step, cluster).lines().filter(line -> line.contains("deployments/audited")))
                    .anySatisfy(line -> assertThat(line).contains("somebody-else (by ", cluster.name(), "201"));
        }
    }

    private static String table(org.incidentorchestrator.step.Step<?, ?> step, TestNamespace cluster) {
        var context = new StepContext(
                cluster.reader(), Optional.empty(), Mode.REHEARSE, Instant.now().plusSeconds(1));
        Plan<?> plan = Verbs.plan(step, Map.of("namespace", cluster.name(), "verbs", "create", "minutes", 10), context);
        assertThat(Verbs.output(plan).get("audit")).isIn("read", "partial");
        return plan.artefacts().isEmpty() ? "" : plan.artefacts().get(0).content();
    }
}
