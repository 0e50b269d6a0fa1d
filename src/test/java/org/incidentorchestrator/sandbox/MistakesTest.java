package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is set wrongly on request, how a cluster shows it, and that it is put right again. */
class MistakesTest {
    private static final String GATEWAY = "mcp-gateway";

    private final Operator operator = new Operator(GATEWAY);

    @Test
    void pods_that_request_too_much_stay_pending_beside_the_old_ones() {
        operator.play(Scenario.NO_ROOM);
        operator.waits(60);
        assertThat(unscheduled()).containsExactly("0/3 nodes are available: 3 Insufficient cpu.");
        assertThat(operator.ready()).isEqualTo(2);
    }

    @Test
    void a_pod_whose_claim_has_no_volume_is_not_scheduled() {
        operator.play(Scenario.CLAIM_UNBOUND);
        operator.waits(60);
        assertThat(unscheduled())
                .containsExactly("0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.");
        assertThat(claims()).singleElement().satisfies(claim -> assertThat(claim.text("/status/phase", ""))
                .isEqualTo("Pending"));
    }

    @Test
    void a_pod_whose_claim_is_not_there_is_not_scheduled() {
        operator.patch(Json.object("{'spec': {'template': {'spec': {'volumes': [{'name': 'lost',"
                + " 'persistentVolumeClaim': {'claimName': 'nowhere'}}]}}}}"));
        operator.waits(60);
        assertThat(unscheduled())
                .containsExactly("0/3 nodes are available: persistentvolumeclaim \"nowhere\" not found.");
    }

    @Test
    void a_claim_whose_class_is_made_later_is_bound_and_its_pod_runs() {
        operator.play(Scenario.CLAIM_UNBOUND);
        operator.waits(60);
        operator.sandbox.create(
                Json.object(
                        """
                {'apiVersion': 'storage.k8s.io/v1', 'kind': 'StorageClass', 'metadata': {'name': 'fast'},
                 'provisioner': 'example.com/fast', 'volumeBindingMode': 'WaitForFirstConsumer'}"""));
        operator.waits(60);
        assertThat(unscheduled()).isEmpty();
        assertThat(claims()).singleElement().satisfies(claim -> assertThat(claim.text("/status/phase", ""))
                .isEqualTo("Bound"));
    }

    @Test
    void a_selector_that_misses_leaves_a_service_without_endpoints_and_its_pods_ready() {
        operator.play(Scenario.SELECTOR_MISSES);
        operator.waits(10);
        assertThat(endpoints()).isEmpty();
        assertThat(operator.ready()).isEqualTo(2);
    }

    @Test
    void what_a_slow_program_calls_makes_it_slow_and_its_restart_does_not_help() {
        operator.play(Scenario.DEPENDENCY_SLOW);
        operator.restart();
        operator.waits(60);
        assertThat(health()).isInstanceOfSatisfying(HttpAnswer.Answered.class, answer -> assertThat(
                        answer.took().toMillis())
                .isGreaterThan(2_000));
    }

    @Test
    void a_program_that_leaks_connections_writes_of_errors_once_there_are_none_left() {
        operator.play(Scenario.CONNECTIONS_LEAK);
        assertThat(log()).doesNotContain("ERROR");
        operator.waits(120);
        assertThat(log()).contains("ERROR POST /v1/tools/call 500: no connection to the database");
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_ROOM", "CLAIM_UNBOUND", "SELECTOR_MISSES", "POLICY_DENIES", "DEPENDENCY_SLOW"})
    void what_was_set_wrongly_is_put_right_again(Scenario scenario) {
        operator.play(scenario);
        operator.waits(60);
        operator.play(Scenario.HEALTHY_AGAIN);
        operator.waits(60);

        assertThat(operator.ready()).isEqualTo(2);
        assertThat(unscheduled()).isEmpty();
        assertThat(claims()).isEmpty();
        assertThat(endpoints()).hasSize(2);
        assertThat(operator.reader().list(ResourceType.NETWORK_POLICIES, Query.in(Sandbox.NAMESPACE)))
                .isEmpty();
        assertThat(health()).isInstanceOfSatisfying(HttpAnswer.Answered.class, answer -> assertThat(
                        answer.took().toMillis())
                .isLessThan(100));
    }

    private List<String> unscheduled() {
        return operator.pods().stream()
                .flatMap(pod -> pod.items("/status/conditions").stream())
                .filter(condition -> condition.text("/type", "").equals("PodScheduled"))
                .filter(condition -> condition.text("/status", "").equals("False"))
                .map(condition -> condition.text("/message", ""))
                .toList();
    }

    private List<KubernetesObject> claims() {
        return operator.reader().list(ResourceType.VOLUME_CLAIMS, Query.in(Sandbox.NAMESPACE));
    }

    private List<KubernetesObject> endpoints() {
        return operator.reader().list(ResourceType.ENDPOINT_SLICES, Query.in(Sandbox.NAMESPACE)).stream()
                .filter(slice -> GATEWAY.equals(slice.labels().get("kubernetes.io/service-name")))
                .flatMap(slice -> slice.items("/endpoints").stream())
                .toList();
    }

    private HttpAnswer health() {
        return operator.reader().http(HttpQuery.ofService(Sandbox.NAMESPACE, GATEWAY, "http", 8080, "/health"));
    }

    private String log() {
        LogAnswer answer = operator.logs(operator.pods().get(0).name(), false);
        return ((LogAnswer.Lines) answer).text();
    }
}
