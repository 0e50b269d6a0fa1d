package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * A policy is violated on a real API server: its constraint is one as Gatekeeper keeps it, and what Gatekeeper would have
 * found is written into its status.
 */
@TestPropertySource(properties = "step.mode=EXECUTE")
class PolicyViolationApiServerIT extends ApiServerScenario {
    private static final String TRIAGE = "Triage violations";
    private static final ResourceType CONSTRAINT = new ResourceType(
            "constraints.gatekeeper.sh", "v1beta1", "K8sRequiredSecurityContext", "k8srequiredsecuritycontext", false);

    private KubernetesObject constraint;

    @BeforeAll
    static void theConstraintsAreServed() {
        CustomKinds.installed(System.getenv("TEST_KUBECONFIG"));
    }

    @BeforeEach
    void thereIsAPolicy() {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("apiVersion", "constraints.gatekeeper.sh/v1beta1").put("kind", CONSTRAINT.kind());
        made.withObject("/metadata").put("name", "pods-run-as-non-root-" + cluster.name());
        made.withObject("/spec").put("enforcementAction", "dryrun");
        constraint = cluster.make(CONSTRAINT, made);
    }

    @AfterEach
    void thePolicyIsGone() {
        cluster.delete(CONSTRAINT, constraint);
    }

    @Test
    void what_violates_a_policy_is_listed_and_a_responder_triages_it() {
        runsAsRoot("rooted");
        awaitTold("NOTE", ": 1 violations in namespace " + cluster.name());
        answers("alice", TRIAGE, triage("triaged"));

        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook policy-violation ended: resolved");
        assertNothingSent();
    }

    @Test
    void one_that_is_a_breach_goes_on_as_one_behind_its_approval() {
        runsAsRoot("intruded");
        answers("alice", TRIAGE, triage("breach"));

        awaitTold("RUNBOOK_STARTED", "suspected-breach");
        awaitTold("APPROVAL_ASKED", "intruded");
        assertNothingSent();
    }

    private static Map<String, Object> triage(String triage) {
        return Map.of("triage", triage, "settledNote", "its owner has a ticket");
    }

    private void runsAsRoot(String workload) {
        cluster.isWell(workload);
        finds(workload);
        fires(workload, "PolicyViolation");
    }

    private void finds(String workload) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        ObjectNode violation = status.withObject("/status")
                .put("totalViolations", 1)
                .put("auditTimestamp", clock.instant().toString())
                .putArray("violations")
                .addObject();
        violation.put("enforcementAction", "dryrun").put("group", "apps").put("version", "v1");
        violation.put("kind", "Deployment").put("namespace", cluster.name()).put("name", workload);
        violation.put("message", "containers have to run as non-root");
        constraint = cluster.merge(CONSTRAINT, constraint, "/status", status);
    }
}
