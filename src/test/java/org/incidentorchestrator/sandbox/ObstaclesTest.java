package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes changes back in the sandbox, and when, as those do that really do: Argo CD, autoscalers, KEDA, budgets. */
class ObstaclesTest {
    private static final String GATEWAY = "mcp-gateway";
    private static final String API = "mcp-orchestrator-api";

    private final TestClock clock = new TestClock();
    private Sandbox sandbox = Sandbox.inMemory(clock);

    @Test
    void argo_cd_sets_replicas_back_after_five_seconds_and_its_name_is_on_them() {
        sandbox.play(Scenario.ARGO_CD_HEALS, GATEWAY);
        scaleByHand(GATEWAY, 5);
        clock.pass(Duration.ofSeconds(4));
        assertThat(replicas(GATEWAY)).isEqualTo(5);
        assertThat(application(GATEWAY).text("/status/sync/status", "")).isEqualTo("OutOfSync");
        clock.pass(Duration.ofSeconds(1));
        assertThat(replicas(GATEWAY)).isEqualTo(2);
        assertThat(owners(GATEWAY)).containsExactly("argocd-application-controller");
        assertThat(application(GATEWAY).text("/status/sync/status", "")).isEqualTo("Synced");
    }

    @Test
    void argo_cd_sets_a_memory_limit_back_and_leaves_a_restart_alone() {
        sandbox.play(Scenario.ARGO_CD_HEALS, GATEWAY);
        patch(
                GATEWAY,
                """
                {'spec': {'template': {'metadata': {'annotations': {'kubectl.kubernetes.io/restartedAt': 'now'}},
                 'spec': {'containers': [{'name': 'mcp-gateway', 'resources': {'limits': {'memory': '1Gi'}}}]}}}}""");
        clock.pass(Duration.ofSeconds(5));
        KubernetesObject template = deployment(GATEWAY).at("/spec/template");
        assertThat(template.text("/spec/containers/0/resources/limits/memory", ""))
                .isEqualTo("512Mi");
        assertThat(template.annotation("kubectl.kubernetes.io/restartedAt")).hasValue("now");
    }

    @Test
    void argo_cd_leaves_alone_what_it_was_told_not_to_heal() {
        sandbox.play(Scenario.ARGO_CD_HEALS, GATEWAY);
        sandbox.patch(
                new Target("Application", "argocd", GATEWAY),
                Json.object("{'spec': {'syncPolicy': {'automated': {'selfHeal': false}}}}"));
        scaleByHand(GATEWAY, 5);
        clock.pass(Duration.ofMinutes(5));
        assertThat(replicas(GATEWAY)).isEqualTo(5);
    }

    @Test
    void an_operation_is_taken_up_and_succeeds_after_a_few_seconds() {
        scaleByHand(GATEWAY, 4);
        sandbox.patch(
                new Target("Application", "argocd", "a1-orchestrator"),
                Json.object("{'operation': {'sync': {'revision': 'abc'}}}"));
        KubernetesObject running = application("a1-orchestrator");
        assertThat(running.at("/operation").exists()).isFalse();
        assertThat(running.text("/status/operationState/phase", "")).isEqualTo("Running");
        clock.pass(Duration.ofSeconds(6));
        KubernetesObject done = application("a1-orchestrator");
        assertThat(done.text("/status/operationState/phase", "")).isEqualTo("Succeeded");
        assertThat(done.text("/status/operationState/syncResult/revision", "")).isEqualTo("abc");
        assertThat(done.text("/status/sync/status", "")).isEqualTo("Synced");
        assertThat(replicas(GATEWAY)).isEqualTo(2);
    }

    @Test
    void an_autoscaler_sets_replicas_back_at_its_next_look() {
        scaleByHand(API, 5);
        clock.pass(Duration.ofSeconds(14));
        assertThat(replicas(API)).isEqualTo(5);
        clock.pass(Duration.ofSeconds(1));
        assertThat(replicas(API)).isEqualTo(2);
        assertThat(deployment(API).items("/metadata/managedFields"))
                .filteredOn(entry -> entry.text("/subresource", "").equals("scale"))
                .extracting(entry -> entry.text("/manager", ""))
                .containsExactly("kube-controller-manager");
    }

    @Test
    void an_autoscaler_goes_by_its_own_bounds_and_is_off_at_zero() {
        sandbox.patch(
                new Target("HorizontalPodAutoscaler", Sandbox.NAMESPACE, API),
                Json.object("{'spec': {'minReplicas': 4}}"));
        clock.pass(Duration.ofSeconds(15));
        assertThat(replicas(API)).isEqualTo(4);
        scaleByHand(API, 0);
        clock.pass(Duration.ofMinutes(5));
        assertThat(replicas(API)).isZero();
    }

    @Test
    void keda_writes_the_bounds_of_its_autoscaler_again_and_scales_when_its_own_are_changed() {
        sandbox.play(Scenario.KEDA_SCALES, GATEWAY);
        Target autoscaler = new Target("HorizontalPodAutoscaler", Sandbox.NAMESPACE, "keda-hpa-" + GATEWAY);
        sandbox.patch(autoscaler, Json.object("{'spec': {'minReplicas': 5}}"));
        clock.pass(Duration.ofSeconds(5));
        assertThat(autoscaler().number("/spec/minReplicas", 0)).isEqualTo(2);
        sandbox.patch(
                new Target("ScaledObject", Sandbox.NAMESPACE, GATEWAY),
                Json.object("{'spec': {'minReplicaCount': 4}}"));
        clock.pass(Duration.ofSeconds(30));
        assertThat(autoscaler().number("/spec/minReplicas", 0)).isEqualTo(4);
        assertThat(replicas(GATEWAY)).isEqualTo(4);
    }

    @Test
    void keda_that_is_paused_takes_its_autoscaler_away_and_holds_the_number() {
        sandbox.play(Scenario.KEDA_SCALES, GATEWAY);
        sandbox.patch(
                new Target("ScaledObject", Sandbox.NAMESPACE, GATEWAY),
                Json.object("{'metadata': {'annotations': {'autoscaling.keda.sh/paused-replicas': '0'}}}"));
        assertThat(replicas(GATEWAY)).isZero();
        assertThat(sandbox.reader().list(ResourceType.AUTOSCALERS, Query.in(Sandbox.NAMESPACE)))
                .noneMatch(autoscaler -> autoscaler.name().contains("keda"));
    }

    @Test
    void everything_at_once_takes_everything_back_and_is_gone_when_it_ends() {
        sandbox.play(Scenario.EVERYTHING_HOLDS, GATEWAY);
        assertThat(budget().number("/status/disruptionsAllowed", -1)).isZero();
        scaleByHand(GATEWAY, 5);
        clock.pass(Duration.ofSeconds(15));
        assertThat(replicas(GATEWAY))
                .as("git has no number of what is autoscaled, KEDA has")
                .isEqualTo(2);
        sandbox.play(Scenario.HEALTHY_AGAIN, GATEWAY);
        assertThat(budget().number("/status/disruptionsAllowed", -1)).isEqualTo(1);
        assertThat(sandbox.reader().list(ResourceType.SCALED_OBJECTS, Query.in("")))
                .isEmpty();
        assertThat(sandbox.reader().get(ResourceType.ARGO_APPLICATIONS, "argocd", GATEWAY))
                .isEmpty();
        scaleByHand(GATEWAY, 5);
        clock.pass(Duration.ofMinutes(5));
        assertThat(replicas(GATEWAY)).isEqualTo(5);
    }

    @Test
    void keda_takes_no_workload_that_has_an_autoscaler() {
        assertThatThrownBy(() -> sandbox.play(Scenario.KEDA_SCALES, API)).hasMessageContaining("has an autoscaler");
    }

    @Test
    void what_is_to_be_taken_back_is_taken_back_after_a_restart_too(@TempDir Path folder) {
        Path file = folder.resolve("world.json");
        sandbox = Sandbox.in(file, clock);
        sandbox.play(Scenario.ARGO_CD_HEALS, GATEWAY);
        scaleByHand(GATEWAY, 5);
        sandbox = Sandbox.in(file, clock);
        assertThat(replicas(GATEWAY)).isEqualTo(5);
        clock.pass(Duration.ofSeconds(5));
        assertThat(replicas(GATEWAY)).isEqualTo(2);
    }

    private void scaleByHand(String name, int replicas) {
        patch(name, "{'spec': {'replicas': %d}}".formatted(replicas));
    }

    private void patch(String name, String body) {
        ObjectNode json = Json.object(body);
        sandbox.patch(new Target("Deployment", Sandbox.NAMESPACE, name), json);
    }

    private KubernetesObject deployment(String name) {
        return get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, name);
    }

    private int replicas(String name) {
        return deployment(name).number("/spec/replicas", -1);
    }

    private List<String> owners(String name) {
        return deployment(name).items("/metadata/managedFields").stream()
                .filter(entry -> entry.at("/fieldsV1/f:spec/f:replicas").exists())
                .map(entry -> entry.text("/manager", ""))
                .toList();
    }

    private KubernetesObject application(String name) {
        return get(ResourceType.ARGO_APPLICATIONS, "argocd", name);
    }

    private KubernetesObject autoscaler() {
        return get(ResourceType.AUTOSCALERS, Sandbox.NAMESPACE, "keda-hpa-" + GATEWAY);
    }

    private KubernetesObject budget() {
        return get(ResourceType.DISRUPTION_BUDGETS, Sandbox.NAMESPACE, GATEWAY);
    }

    private KubernetesObject get(ResourceType type, String namespace, String name) {
        Optional<KubernetesObject> found = sandbox.reader().get(type, namespace, name);
        return found.orElseThrow();
    }
}
