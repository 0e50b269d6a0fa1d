package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.junit.jupiter.api.Test;

class ScenariosTest {
    private final Operator operator = new Operator("mcp-gateway");

    @Test
    void a_crash_loop_shows_as_kubectl_would_show_it() {
        operator.play(Scenario.CRASH_UNTIL_RESTARTED);
        operator.waits(60);

        assertThat(operator.ready()).isZero();
        assertThat(operator.waiting()).containsOnly("CrashLoopBackOff");
        assertThat(operator.condition("Available").text("/status", "")).isEqualTo("False");
        KubernetesObject pod = operator.pods().get(0);
        KubernetesObject container = pod.at("/status/containerStatuses/0");
        assertThat(container.number("/restartCount", 0)).isEqualTo(2);
        assertThat(container.text("/lastState/terminated/reason", "")).isEqualTo("Error");
        assertThat(container.number("/lastState/terminated/exitCode")).contains(1);
        assertThat(operator.events(pod.name()))
                .filteredOn(event -> event.text("/reason", "").equals("BackOff"))
                .singleElement()
                .satisfies(event -> assertThat(event.number("/count", 0)).isEqualTo(3));
    }

    @Test
    void a_crash_loop_is_healed_by_a_restart_and_not_by_new_pods_of_the_same_template() {
        operator.play(Scenario.CRASH_UNTIL_RESTARTED);
        operator.scale(4);
        operator.waits(60);
        operator.sandbox.delete(operator.pods().get(0).target());
        operator.waits(60);
        assertThat(operator.ready()).isZero();

        operator.restart();
        operator.waits(30);

        assertThat(operator.ready()).isEqualTo(4);
        assertThat(operator.pods()).hasSize(4);
        assertThat(operator.sandbox.view().playing()).isEmpty();
    }

    @Test
    void what_runs_out_of_memory_is_healed_by_a_third_pod_and_not_by_a_restart() {
        operator.play(Scenario.CRASH_UNTIL_SCALED);
        operator.restart();
        operator.waits(120);
        assertThat(operator.ready()).isZero();
        assertThat(operator.pods())
                .extracting(pod -> pod.text("/status/containerStatuses/0/lastState/terminated/reason", ""))
                .contains("OOMKilled");

        operator.scale(3);
        operator.waits(30);

        assertThat(operator.ready()).isEqualTo(3);
    }

    @Test
    void one_bad_pod_is_healed_when_it_is_evicted() {
        operator.play(Scenario.ONE_BAD_POD);
        operator.waits(30);
        assertThat(operator.ready()).isEqualTo(1);
        KubernetesObject bad = bad();
        assertThat(bad.text("/status/phase", "")).isEqualTo("Running");

        operator.evict(bad);
        operator.waits(30);

        assertThat(operator.ready()).isEqualTo(2);
    }

    @Test
    void one_bad_pod_outlives_a_restart_and_a_scale() {
        operator.play(Scenario.ONE_BAD_POD);
        operator.restart();
        operator.waits(8);
        assertThat(operator.condition("Progressing").text("/reason", "")).isEqualTo("NewReplicaSetAvailable");
        operator.waits(60);
        assertThat(operator.ready()).isEqualTo(1);

        operator.scale(3);
        operator.waits(60);
        assertThat(operator.ready()).isEqualTo(2);

        operator.evict(bad());
        operator.waits(60);
        assertThat(operator.ready()).isEqualTo(3);
    }

    @Test
    void what_never_gets_healthy_withstands_every_remedy() {
        operator.play(Scenario.NEVER_HEALTHY);
        operator.restart();
        operator.waits(60);
        operator.scale(3);
        operator.waits(60);
        operator.pods().forEach(pod -> operator.sandbox.delete(pod.target()));
        operator.waits(60);

        assertThat(operator.ready()).isZero();
    }

    @Test
    void a_workload_without_a_probe_crashes_where_another_would_be_unready() {
        Operator other = new Operator("mcp-tracehub");
        other.play(Scenario.NEVER_HEALTHY);
        other.waits(60);

        assertThat(other.ready()).isZero();
        assertThat(other.waiting()).containsOnly("CrashLoopBackOff");
    }

    @Test
    void only_the_workload_that_was_named_suffers() {
        operator.sandbox.play(Scenario.NEVER_HEALTHY, "a1-orchestrator/mcp-config");
        operator.waits(30);

        assertThat(operator.ready()).isEqualTo(2);
        assertThatThrownBy(() -> operator.sandbox.play(Scenario.NEVER_HEALTHY, "mcp-nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mcp-nobody");
        assertThatThrownBy(() -> operator.sandbox.play(Scenario.NEVER_HEALTHY, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a workload");
    }

    @Test
    void healthy_again_ends_it_and_the_same_pods_recover() {
        operator.play(Scenario.CRASH_UNTIL_RESTARTED);
        operator.waits(300);
        List<String> names = operator.names();

        operator.play(Scenario.HEALTHY_AGAIN);
        operator.waits(10);

        assertThat(operator.ready()).isEqualTo(2);
        assertThat(operator.names()).isEqualTo(names);
    }

    @Test
    void an_unreachable_api_server_answers_nothing_and_changes_nothing() {
        KubernetesObject pod = operator.pods().get(0);
        operator.sandbox.play(Scenario.API_UNREACHABLE, "");

        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> operator.reader().list(ResourceType.PODS, Query.in("")))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ClusterFailure.Kind.UNREACHABLE))
                .withMessageContaining("healthy-again");
        assertThatExceptionOfType(ClusterFailure.class).isThrownBy(() -> operator.evict(pod));
        assertThat(operator.sandbox.writes()).isEmpty();

        operator.sandbox.play(Scenario.HEALTHY_AGAIN, "");
        assertThat(operator.pods()).contains(pod);
    }

    @Test
    void a_slow_api_server_takes_longer_for_each_request() {
        List<Duration> pauses = new ArrayList<>();
        Sandbox sandbox = new Sandbox(operator.clock, WorldFile.NONE, new Wire(pauses::add));
        sandbox.reader().discover(ResourceType.PODS);
        assertThat(pauses).isEmpty();

        sandbox.play(Scenario.API_SLOW, "");
        sandbox.reader().discover(ResourceType.PODS);
        sandbox.reader().cluster();

        assertThat(pauses).containsExactly(Sandbox.SLOW, Sandbox.SLOW);
    }

    @Test
    void an_answer_that_gets_lost_leaves_the_change_made() {
        operator.sandbox.loseNextAnswer();

        assertThatExceptionOfType(ClusterFailure.class)
                .isThrownBy(() -> operator.scale(3))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ClusterFailure.Kind.UNREACHABLE));

        assertThat(operator.deployment().number("/spec/replicas")).contains(3);
        assertThat(operator.sandbox.writes()).hasSize(1);
    }

    @Test
    void a_change_that_is_told_to_fail_is_not_made_and_the_next_one_is() {
        operator.sandbox.failNextChange(ClusterFailure.Kind.THROTTLED);

        assertThatExceptionOfType(ClusterFailure.class).isThrownBy(() -> operator.scale(3));
        assertThat(operator.sandbox.writes()).isEmpty();

        operator.scale(3);
        assertThat(operator.sandbox.writes()).hasSize(1);
    }

    @Test
    void health_is_answered_by_a_ready_pod_and_refused_by_an_unready_one() {
        String pod = operator.names().get(0);
        HttpQuery health = HttpQuery.ofPod(Sandbox.NAMESPACE, pod, "http", 8080, "/health");
        assertThat(status(health)).isEqualTo(200);

        operator.play(Scenario.NEVER_HEALTHY);
        operator.waits(5);
        assertThat(status(health)).isEqualTo(503);

        operator.play(Scenario.CRASH_UNTIL_RESTARTED);
        operator.waits(30);
        assertThat(operator.reader().http(health))
                .isInstanceOfSatisfying(HttpAnswer.Unanswered.class, none -> assertThat(none.reason())
                        .contains("connection refused"));
    }

    private int status(HttpQuery query) {
        return ((HttpAnswer.Answered) operator.reader().http(query)).status();
    }

    @Test
    void the_logs_of_a_crash_say_why() {
        operator.play(Scenario.CRASH_UNTIL_RESTARTED);
        operator.waits(40);
        String pod = operator.names().get(0);

        assertThat(operator.logs(pod, true))
                .isInstanceOfSatisfying(
                        LogAnswer.Lines.class, lines -> assertThat(lines.text()).contains("FATAL cannot serve"));
        assertThat(operator.logs(pod, false)).isInstanceOf(LogAnswer.Lines.class);
    }

    private KubernetesObject bad() {
        return operator.pods().stream()
                .filter(pod -> !pod.flag("/status/containerStatuses/0/ready"))
                .findFirst()
                .orElseThrow();
    }
}
