package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;

/** What was isolated runs again; a StatefulSet only once the quarantined pod has given its name back. */
class RestoreWorkloadProcessTest extends BreachScenario {
    private static final Target STATEFUL = new Target("StatefulSet", Sandbox.NAMESPACE, "keeper");
    private static final Target HELD = new Target("Pod", Sandbox.NAMESPACE, "keeper-0");

    @Test
    void a_pod_in_quarantine_that_holds_the_name_of_one_to_be_made_is_ended_first() {
        anIncident();
        sandbox.create(statefulSet());
        sandbox.create(heldFor(incident().number().toString()));
        try {
            String run = starts("restore-workload", STATEFUL, Map.of());
            approves();

            assertThat(changes()).containsExactly("delete " + HELD.id());
            assertThat(endOf(run)).isEqualTo("endEvent_restored");
            passes(Duration.ofMinutes(1));
            assertThat(quarantined()).isEmpty();
        } finally {
            sandbox.delete(STATEFUL);
        }
    }

    private ObjectNode statefulSet() {
        ObjectNode set = copy("mcp-config", ResourceType.DEPLOYMENTS);
        set.put("kind", "StatefulSet").withObject("/metadata").put("name", STATEFUL.name());
        set.withObject("/spec").put("serviceName", STATEFUL.name()).remove("strategy");
        set.withObject("/spec/selector/matchLabels").put("app", STATEFUL.name());
        set.withObject("/spec/template/metadata/labels").put("app", STATEFUL.name());
        return set;
    }

    private ObjectNode heldFor(String incident) {
        ObjectNode pod = (ObjectNode) json("{'apiVersion': 'v1', 'kind': 'Pod'}".replace('\'', '"'));
        ObjectNode metadata = pod.withObject("/metadata");
        metadata.put("name", HELD.name()).put("namespace", HELD.namespace());
        metadata.withObject("/labels").put("incident-orchestrator/quarantine", incident);
        metadata.withObject("/annotations").put("incident-orchestrator/quarantined-from", STATEFUL.id());
        pod.set("spec", copy("mcp-config", ResourceType.DEPLOYMENTS).at("/spec/template/spec"));
        return pod;
    }

    private ObjectNode copy(String name, ResourceType type) {
        ObjectNode object = (ObjectNode) json(sandbox.reader()
                .get(type, Sandbox.NAMESPACE, name)
                .orElseThrow()
                .toString());
        object.remove("status");
        object.withObject("/metadata").retain("name", "namespace");
        return object;
    }
}
