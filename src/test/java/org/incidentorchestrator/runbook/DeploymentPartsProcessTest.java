package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;

/** The parts of a planned deployment by themselves: what they say of what is not there, or may not be looked at. */
class DeploymentPartsProcessTest extends DeploymentScenario {
    private static final Target TRACEHUB = new Target("Deployment", Sandbox.NAMESPACE, "mcp-tracehub");

    @Test
    void a_namespace_that_is_none_of_ours_leaves_its_room_unknown() {
        assertThat(ends("check-deployment", Map.of("namespace", "elsewhere"))).isEqualTo("unknown");
        assertThat(found()).contains("cause unknown", "Deployments: unknown");
    }

    @Test
    void a_deployment_that_is_to_be_made_by_the_sync_is_not_missed_before_it() {
        KubernetesObject kept = sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, "mcp-tracehub")
                .orElseThrow();
        sandbox.delete(TRACEHUB);
        try {
            ends("check-deployment", Map.of());
            assertThat(found()).contains("Deployments: 5");
        } finally {
            ObjectNode manifest = kept.toJson();
            ((ObjectNode) manifest.path("metadata")).retain("name", "namespace", "labels", "annotations");
            sandbox.create(manifest);
        }
    }

    @Test
    void rollouts_of_an_application_that_is_gone_are_unknown() {
        assertThat(ends("await-deployments", Map.of("application", "gone"))).isEqualTo("unknown");
    }

    @Test
    void rollouts_in_a_namespace_that_is_none_of_ours_are_unknown() {
        assertThat(ends("await-deployments", Map.of("namespace", "elsewhere"))).isEqualTo("unknown");
    }

    @Test
    void a_sync_of_an_application_that_is_gone_is_not_good() {
        assertThat(ends("verify-deployment", Map.of("application", "gone"))).isEqualTo("notGood");
    }

    @Test
    void a_sync_of_what_is_no_name_is_not_good() {
        assertThat(ends("verify-deployment", Map.of("application", "No Name"))).isEqualTo("notGood");
    }

    @Test
    void metrics_of_an_application_that_is_gone_are_unknown() {
        assertThat(ends("bake-deployment", Map.of("application", "gone"))).isEqualTo("unknown");
    }

    @Test
    void metrics_in_a_namespace_that_is_none_of_ours_are_unknown() {
        assertThat(ends("bake-deployment", Map.of("namespace", "elsewhere"))).isEqualTo("unknown");
    }

    /** The word that a part ends with. */
    private String ends(String part, Map<String, Object> given) {
        Incident work = incidents.declare(
                new IncidentKey("Part", Sandbox.NAMESPACE, "of-" + now().getEpochSecond()),
                Severity.INFO,
                "a part alone",
                "alice",
                null,
                now());
        isAbout(work.number());
        Map<String, Object> variables = new HashMap<>(Map.of(
                "incident",
                work.number().toString(),
                "application",
                APPLICATION,
                "revision",
                gitRevision(),
                "namespace",
                Sandbox.NAMESPACE,
                "syncedAt",
                now().toString(),
                "mode",
                "EXECUTE"));
        variables.putAll(given);
        engine.getRuntimeService().startProcessInstanceByKey(part, work.number().toString(), variables);
        passes(LONG);
        return outcome(part);
    }
}
