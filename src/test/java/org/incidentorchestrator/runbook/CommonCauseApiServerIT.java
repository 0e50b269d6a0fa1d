package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A real node that is short of memory, with a pod of the service that an alert is about; kwok makes any node ready. */
@TestPropertySource(properties = "wait.cause-poll=2s")
class CommonCauseApiServerIT extends ApiServerScenario {
    private final String node = "stranded-" + UUID.randomUUID().toString().substring(0, 8);
    private boolean gone;

    @AfterEach
    void theNodeGoes() {
        if (!gone) {
            nodeIsTakenOut();
        }
    }

    @Test
    void a_service_whose_node_is_under_pressure_waits_until_the_node_was_taken_out_and_then_goes_on_by_itself() {
        cluster.makes(
                """
                apiVersion: v1
                kind: Node
                metadata: {name: %s}
                status:
                  conditions:
                  - {type: MemoryPressure, status: "True", reason: KubeletHasInsufficientMemory}
                  - {type: Ready, status: "True", reason: KubeletReady}
                """
                        .formatted(node));
        cluster.has(
                ResourceType.DEPLOYMENTS,
                """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "stranded"}, "spec": {"replicas": 1,
                 "selector": {"matchLabels": {"app": "stranded"}}, "template": {"metadata": {"labels": {"app": "stranded"}},
                 "spec": {"nodeName": "%s", "containers": [{"name": "main", "image": "example.invalid/main:1"}]}}}}"""
                        .formatted(node));
        await("a pod on the node", () -> onTheNode() ? node : null);

        fires("stranded");
        awaitTold("HELD", "node " + node + " is under pressure");
        Incident parent = incidents.get(incident().parent());
        assertThat(parent.key().workload()).isEqualTo("nodePressure/" + node);
        assertThat(told("RUNBOOK_STARTED")).isEmpty();

        nodeIsTakenOut();

        await("the end of its incident", () -> incidents.get(parent.number()).open() ? null : parent);
        assertThat(incidents.get(parent.number()).outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        awaitTold("RUNBOOK_STARTED", "service-down");
        assertNothingSent();
    }

    private void nodeIsTakenOut() {
        cluster.removes(ResourceType.NODES, node);
        gone = true;
    }

    private boolean onTheNode() {
        return cluster.reader().list(ResourceType.PODS, Query.in(cluster.name())).stream()
                .anyMatch(pod -> pod.text("/spec/nodeName", "").equals(node));
    }
}
