package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pods that are stuck in Pending, one test for each cause that the sandbox can have. */
class PodStuckPendingProcessTest extends DiagnosisScenario {
    private static final Target QUOTA = new Target("ResourceQuota", Sandbox.NAMESPACE, "small");

    @Autowired
    private RunAbort runs;

    @Override
    String runbook() {
        return "pod-stuck-pending";
    }

    @Override
    String alert() {
        return "KubePodNotScheduled";
    }

    @Test
    void pods_that_request_more_than_any_node_has_left_have_no_room() {
        breaksWithItsAlert(Scenario.NO_ROOM);
        assertThat(cause()).isEqualTo("noRoom");
        assertThat(facts().get("The scheduler says")).contains("3 Insufficient cpu");
        assertThat(facts()).containsEntry("Room for so many more", "0").containsEntry("Claims in trouble", "nothing");
        assertThat(suggested()).isEqualTo("none");
    }

    @Test
    void pods_that_mount_a_claim_of_a_class_that_is_not_there_wait_for_its_volume() {
        breaksWithItsAlert(Scenario.CLAIM_UNBOUND);
        assertThat(cause()).isEqualTo("claimUnbound");
        assertThat(facts().get("Claims in trouble")).contains("mcp-gateway-data could not be given a volume");
    }

    @Test
    void pods_that_mount_a_claim_that_is_not_there_wait_for_it_in_vain() {
        patch(
                DEPLOYMENT,
                "{'spec': {'template': {'spec': {'volumes': [{'name': 'lost',"
                        + " 'persistentVolumeClaim': {'claimName': 'nowhere'}}]}}}}");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("volumeElsewhere");
        } finally {
            patch(DEPLOYMENT, "{'spec': {'template': {'spec': {'volumes': [{'name': 'lost', '$patch': 'delete'}]}}}}");
        }
    }

    @Test
    void pods_that_ask_for_nodes_that_there_are_not_are_placed_nowhere() {
        patch(DEPLOYMENT, "{'spec': {'template': {'spec': {'nodeSelector': {'disk': 'fast'}}}}}");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("placement");
        } finally {
            patch(DEPLOYMENT, "{'spec': {'template': {'spec': {'nodeSelector': null}}}}");
        }
    }

    @Test
    void cordoned_nodes_take_no_pods() {
        ofAllNodes("{'spec': {'unschedulable': true}}");
        try {
            somebodyRestartsWith(2);
            isLookedAt();
            assertThat(cause()).isEqualTo("nodesClosed");
            assertThat(facts()).containsEntry("Nodes that take pods", "0");
        } finally {
            ofAllNodes("{'spec': {'unschedulable': null}}");
        }
    }

    @Test
    void tainted_nodes_take_no_pods_that_do_not_tolerate_it() {
        ofAllNodes("{'spec': {'taints': [{'key': 'dedicated', 'value': 'control', 'effect': 'NoSchedule'}]}}");
        try {
            somebodyRestartsWith(2);
            isLookedAt();
            assertThat(cause()).isEqualTo("taint");
        } finally {
            ofAllNodes("{'spec': {'taints': null}}");
        }
    }

    @Test
    void pods_that_a_quota_refuses_are_found_though_there_are_none_to_look_at() {
        ObjectNode quota = JsonNodeFactory.instance.objectNode();
        quota.put("apiVersion", "v1").put("kind", "ResourceQuota");
        quota.putObject("metadata").put("name", "small").put("namespace", Sandbox.NAMESPACE);
        quota.withObject("/spec/hard").put("pods", "3");
        sandbox.create(quota);
        try {
            patch(DEPLOYMENT, "{'spec': {'replicas': 4}}");
            isLookedAt();
            assertThat(cause()).isEqualTo("quota");
            assertThat(facts().get("Refused by a quota")).contains("exceeded quota: small");
        } finally {
            sandbox.delete(QUOTA);
        }
    }

    @Test
    void an_image_that_cannot_be_pulled_is_told_from_a_pod_without_a_node() {
        patch(DEPLOYMENT, image("a1/mcp-gateway:no-such-tag"));
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("imagePull");
            assertThat(facts()).containsEntry("Pods without a node", "0");
        } finally {
            patch(DEPLOYMENT, image("a1/mcp-gateway:2.8.1"));
        }
    }

    @Test
    void a_container_whose_config_map_is_not_there_is_told_from_a_pod_without_a_node() {
        KubernetesObject pod = pods().get(0);
        sandbox.report(
                pod.target(),
                json(
                        """
                        {"phase": "Pending", "containerStatuses": [{"name": "mcp-gateway", "ready": false, "restartCount": 0,
                          "state": {"waiting": {"reason": "CreateContainerConfigError",
                                                "message": "configmap \\"gone\\" not found"}}}]}"""));
        isLookedAt();
        assertThat(cause()).isEqualTo("configError");
        assertThat(facts().get("Pods")).contains("CreateContainerConfigError");
    }

    @Test
    void pods_that_somebody_holds_back_by_a_gate_wait_for_somebody() {
        patch(DEPLOYMENT, "{'spec': {'template': {'spec': {'schedulingGates': [{'name': 'example.com/audit'}]}}}}");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("schedulingGate");
            assertThat(facts().get("The scheduler says")).contains("scheduling gates");
        } finally {
            patch(DEPLOYMENT, "{'spec': {'template': {'spec': {'schedulingGates': null}}}}");
        }
    }

    @Test
    void pods_that_nobody_makes_are_not_blamed_on_a_quota_or_the_scheduler() {
        patch(DEPLOYMENT, "{'spec': {'paused': true}}");
        sandbox.reader().list(ResourceType.REPLICA_SETS, Query.in(Sandbox.NAMESPACE)).stream()
                .filter(set -> set.name().startsWith(GATEWAY + "-"))
                .forEach(set -> sandbox.delete(set.target()));
        isLookedAt();
        assertThat(cause()).isEqualTo("notCreated");
        assertThat(facts()).containsEntry("Refused by a quota", "nothing");
    }

    @Test
    void a_pod_that_has_a_node_and_is_being_created_has_not_started() {
        somebodyRestartsWith(2);
        firesAs(alert());
        work();
        assertThat(cause()).isEqualTo("notStarted");
    }

    @Test
    void pods_that_are_killed_for_memory_are_not_pending() {
        breaksWithItsAlert(Scenario.CRASH_UNTIL_SCALED);
        assertThat(cause()).isEqualTo("oomKilled");
    }

    @Test
    void pods_that_run_and_are_not_ready_are_for_the_runbook_of_a_service_that_is_down() {
        breaksWithItsAlert(Scenario.NEVER_HEALTHY);
        assertThat(cause()).isEqualTo("podsNotReady");
        assertThat(suggested()).isEqualTo("service-down");
    }

    @Test
    void pods_that_are_well_when_we_look_close_the_incident_once_they_are_seen_well_for_a_time() {
        isLookedAt();
        assertThat(cause()).isEqualTo("wellNow");
        assertThat(taskNames()).containsExactly("Respond to incident");

        passes(A_WHILE);
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_diagnosis_that_is_aborted_while_a_responder_decides_leaves_its_incident_to_people() {
        breaksWithItsAlert(Scenario.NO_ROOM);
        assertThat(runs.abort(incident().number(), "bob", "somebody adds nodes"))
                .isEmpty();
        work();

        assertThat(taskNames()).containsExactly("Respond to incident");
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook pod-stuck-pending ended: handedToHuman");
        assertThat(incident().firing()).isTrue();
    }

    private static String image(String image) {
        return "{'spec': {'template': {'spec': {'containers': [{'name': 'mcp-gateway', 'image': '%s'}]}}}}"
                .formatted(image);
    }

    private List<KubernetesObject> pods() {
        return sandbox.reader().list(ResourceType.PODS, Query.in(Sandbox.NAMESPACE)).stream()
                .filter(pod -> pod.name().startsWith(GATEWAY + "-"))
                .toList();
    }

    private void ofAllNodes(String body) {
        List<KubernetesObject> nodes = sandbox.reader().list(ResourceType.NODES, Query.in(""));
        assertThat(nodes).hasSize(3);
        nodes.forEach(node -> patch(node.target(), body));
    }
}
