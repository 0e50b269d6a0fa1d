package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A review on a real API server and its metrics server, whose kubelets say of a pod's usage what its annotations say. */
@TestPropertySource(properties = {"step.mode=EXECUTE", "wait.hold-poll=1s"})
class CapacityReviewApiServerIT extends ApiServerScenario {
    private static final String BUSY = "busy";

    @Test
    void a_workload_above_its_bound_gets_half_as_many_again() {
        cluster.isWell("idle");
        cluster.isWell(BUSY);
        uses("900m");
        plans("capacity-review", BUSY);

        answers("alice", "Read the figures", Map.of("review", "review", "settledNote", ""));
        decides("Scale", "apply");
        answers("bob", "Plan for capacity", Map.of("settledNote", "nothing more"));

        assertThat(closed().outcome()).isEqualTo(Outcome.WORK_DONE);
        assertThat(cluster.deployment(BUSY).number("/spec/replicas")).contains(3);
        assertChanged("patch deployments/" + BUSY);
    }

    /** Of one core that each of its pods may have. */
    private void uses(String cpu) {
        KubernetesObject deployment = cluster.deployment(BUSY);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/template/metadata/annotations").put("kwok.x-k8s.io/usage-cpu", cpu);
        ObjectNode container = body.withObject("/spec/template/spec")
                .putArray("containers")
                .addObject()
                .put("name", deployment.text("/spec/template/spec/containers/0/name", ""))
                .put("image", deployment.text("/spec/template/spec/containers/0/image", ""));
        container.withObject("/resources/requests").put("cpu", "100m").put("memory", "64Mi");
        container.withObject("/resources/limits").put("cpu", "1").put("memory", "128Mi");
        cluster.merge(ResourceType.DEPLOYMENTS, deployment, "", body);
        await(
                "samples of two pods that use it",
                () -> busy() == 2 && cluster.pods(BUSY).size() == 2 ? true : null);
    }

    private static long busy() {
        return cluster.reader().list(ResourceType.POD_METRICS, Query.in(cluster.name())).stream()
                .filter(sample -> sample.name().startsWith(BUSY))
                .filter(sample -> sample.text("/containers/0/usage/cpu", "").matches("9\\d\\d.*|8[5-9]\\d.*"))
                .count();
    }
}
