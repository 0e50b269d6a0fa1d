package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterWriter.Receipt;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.ResourceType;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @Test
    void the_world_begins_healthy() {
        KubernetesObject gateway = gateway();

        assertThat(gateway.number("/status/readyReplicas")).contains(2);
        assertThat(gateway.number("/status/updatedReplicas")).contains(2);
        assertThat(gateway.number("/status/unavailableReplicas")).isEmpty();
        assertThat(pods()).hasSize(2).allMatch(pod -> pod.text("/status/phase", "")
                .equals("Running"));
    }

    @Test
    void a_restart_replaces_every_pod_without_going_below_what_is_wanted() {
        List<String> before = names();
        restart();

        for (int second = 0; second < 20; second++) {
            assertThat(gateway().number("/status/readyReplicas", 0)).isGreaterThanOrEqualTo(2);
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(names()).hasSize(2).doesNotContainAnyElementsOf(before);
        assertThat(gateway().number("/status/updatedReplicas")).contains(2);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_crash_loop_ends_with_a_restart() {
        sandbox.play(Scenario.CRASH_UNTIL_RESTARTED, "mcp-gateway");
        clock.pass(Duration.ofSeconds(60));
        assertThat(gateway().number("/status/readyReplicas")).isEmpty();
        assertThat(pods()).allMatch(pod -> pod.text("/status/containerStatuses/0/state/waiting/reason", "")
                .equals("CrashLoopBackOff"));

        restart();
        clock.pass(Duration.ofSeconds(20));

        assertThat(gateway().number("/status/readyReplicas")).contains(2);
        assertThat(pods()).hasSize(2);
    }

    private Receipt restart() {
        ObjectNode body = Json.object();
        body.withObject("/spec/template/metadata/annotations")
                .put("kubectl.kubernetes.io/restartedAt", clock.instant().toString());
        KubernetesObject gateway = gateway();
        return sandbox.writer()
                .apply(
                        new Change.Patch(
                                gateway.target(),
                                gateway.uid(),
                                gateway.resourceVersion(),
                                body,
                                Change.Identity.CHANGE),
                        Write.FOR_REAL);
    }

    private KubernetesObject gateway() {
        return sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, "mcp-gateway")
                .orElseThrow();
    }

    private List<String> names() {
        return pods().stream().map(KubernetesObject::name).toList();
    }

    private List<KubernetesObject> pods() {
        return sandbox.reader()
                .list(
                        ResourceType.PODS,
                        Query.in(Sandbox.NAMESPACE)
                                .selecting(LabelSelector.of(gateway().at("/spec/selector"))));
    }
}
