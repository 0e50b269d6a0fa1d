package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private final Operator operator = new Operator("mcp-gateway");

    @Test
    void the_world_begins_healthy() {
        KubernetesObject gateway = operator.deployment();

        assertThat(gateway.number("/status/readyReplicas")).contains(2);
        assertThat(gateway.number("/status/updatedReplicas")).contains(2);
        assertThat(gateway.number("/status/unavailableReplicas")).isEmpty();
        assertThat(operator.condition("Progressing").text("/reason", "")).isEqualTo("NewReplicaSetAvailable");
        assertThat(operator.condition("Available").text("/status", "")).isEqualTo("True");
        assertThat(operator.pods()).hasSize(2).allMatch(pod -> pod.text("/status/phase", "")
                .equals("Running"));
    }

    @Test
    void a_restart_replaces_every_pod_without_going_below_what_is_wanted() {
        List<String> before = operator.names();
        operator.restart();

        for (int second = 0; second < 20; second++) {
            assertThat(operator.ready()).isGreaterThanOrEqualTo(2);
            operator.waits(1);
        }

        assertThat(operator.names()).hasSize(2).doesNotContainAnyElementsOf(before);
        assertThat(operator.deployment().number("/status/updatedReplicas")).contains(2);
        assertThat(operator.of(ResourceType.REPLICA_SETS)).hasSize(2);
    }

    @Test
    void a_rollout_says_that_it_progresses_until_it_is_complete() {
        operator.restart();

        operator.waits(2);
        assertThat(operator.condition("Progressing").text("/reason", "")).isEqualTo("ReplicaSetUpdated");

        operator.waits(20);
        assertThat(operator.condition("Progressing").text("/reason", "")).isEqualTo("NewReplicaSetAvailable");
    }

    @Test
    void a_scale_up_makes_pods_and_a_scale_down_takes_the_youngest_away() {
        List<String> before = operator.names();
        operator.scale(5);
        operator.waits(5);
        assertThat(operator.ready()).isEqualTo(5);

        operator.scale(2);
        operator.waits(5);

        assertThat(operator.names()).hasSize(2).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void a_wrong_image_does_not_get_ready_and_the_old_pods_stay() {
        operator.image("a1/mcp-gateway:no-such-tag");
        operator.waits(60);

        assertThat(operator.ready()).isEqualTo(2);
        assertThat(operator.waiting()).hasSize(3).containsOnlyOnce("ImagePullBackOff");
        KubernetesObject stuck = operator.pods().stream()
                .filter(pod -> pod.text("/status/phase", "").equals("Pending"))
                .findFirst()
                .orElseThrow();
        assertThat(operator.events(stuck.name()))
                .extracting(event -> event.text("/reason", ""))
                .contains("Failed", "BackOff");
    }

    @Test
    void a_rollout_that_does_not_progress_within_its_deadline_says_so() {
        operator.image("a1/mcp-gateway:no-such-tag");

        operator.waits(595);
        assertThat(operator.condition("Progressing").text("/status", "")).isEqualTo("True");

        operator.waits(20);
        assertThat(operator.condition("Progressing").text("/reason", "")).isEqualTo("ProgressDeadlineExceeded");

        operator.image("a1/mcp-gateway:2.8.2");
        operator.waits(30);
        assertThat(operator.condition("Progressing").text("/reason", "")).isEqualTo("NewReplicaSetAvailable");
    }

    @Test
    void a_paused_rollout_does_not_roll_but_scales() {
        operator.patch(Json.object("{'spec': {'paused': true}}"));
        List<String> before = operator.names();

        operator.restart();
        operator.scale(3);
        operator.waits(30);

        assertThat(operator.names()).hasSize(3).containsAll(before);
        assertThat(operator.of(ResourceType.REPLICA_SETS)).hasSize(1);
        assertThat(operator.condition("Progressing").text("/reason", "")).isEqualTo("DeploymentPaused");

        operator.patch(Json.object("{'spec': {'paused': null}}"));
        operator.waits(30);
        assertThat(operator.names()).hasSize(3).doesNotContainAnyElementsOf(before);
    }

    @Test
    void a_deployment_that_recreates_ends_all_its_pods_before_it_starts_new_ones() {
        operator.patch(Json.object("{'spec': {'strategy': {'type': 'Recreate', 'rollingUpdate': null}}}"));
        operator.restart();

        assertThat(operator.ready()).isZero();
        operator.waits(10);
        assertThat(operator.ready()).isEqualTo(2);
        assertThat(operator.names()).hasSize(2);
    }

    @Test
    void a_deleted_pod_comes_back_under_a_new_name() {
        KubernetesObject gone = operator.pods().get(0);
        operator.sandbox.delete(gone.target());
        operator.waits(5);

        assertThat(operator.names()).hasSize(2).doesNotContain(gone.name());
        assertThat(operator.ready()).isEqualTo(2);
    }

    @Test
    void a_pod_whose_label_is_taken_away_is_kept_apart_and_replaced() {
        KubernetesObject apart = operator.pods().get(0);
        operator.sandbox.patch(apart.target(), Json.object("{'metadata': {'labels': {'app': 'quarantined'}}}"));
        operator.waits(5);

        assertThat(operator.names()).hasSize(2).doesNotContain(apart.name());
        assertThat(operator.reader().get(ResourceType.PODS, Sandbox.NAMESPACE, apart.name()))
                .isPresent()
                .hasValueSatisfying(pod -> assertThat(pod.controller()).isEmpty());
    }

    @Test
    void a_restart_that_is_sent_again_is_one_change() {
        var restart = Json.object("{'spec': {'template': {'metadata': {'annotations': {'at': 'ten'}}}}}");
        operator.patch(restart);
        operator.waits(30);
        List<String> names = operator.names();

        operator.patch(restart);
        operator.waits(30);

        assertThat(operator.names()).isEqualTo(names);
        assertThat(operator.sandbox.writes()).hasSize(1);
    }
}
