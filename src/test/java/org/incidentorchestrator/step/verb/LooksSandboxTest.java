package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

/** The looks on the sandbox, and what takes longer there than a test of a real cluster should. */
class LooksSandboxTest extends LooksContract {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @Override
    ClusterReader reader() {
        return sandbox.reader();
    }

    @Override
    String namespace() {
        return Sandbox.NAMESPACE;
    }

    @Override
    String boundedNamespace() {
        return "monitoring";
    }

    @Override
    String ownName() {
        return "late";
    }

    @Override
    Instant now() {
        return clock.instant();
    }

    @Override
    void make(String yaml) {
        sandbox.create(Manifest.tree(yaml));
    }

    @Override
    void await(String what, BooleanSupplier done) {
        for (int second = 0; second < 60; second++) {
            if (done.getAsBoolean()) {
                return;
            }
            clock.pass(Duration.ofSeconds(1));
        }
        fail("not within a minute: " + what);
    }

    @Override
    void runOutOfMemory(String workload) {
        sandbox.play(Scenario.CRASH_UNTIL_SCALED, workload);
    }

    @Test
    void the_platform_as_it_comes_is_well() {
        assertThat(look("listNamespacePods", Map.of("namespace", "")))
                .containsEntry("pods", 10)
                .containsEntry("readyPods", 10)
                .containsEntry("troubledPods", 0);
        assertThat(look("readNamespaceUsage", Map.of("namespace", "")))
                .containsEntry("usageKnown", true)
                .containsEntry("containersUnknown", 0);
    }

    @Test
    void memory_is_followed_from_one_look_to_the_next_and_from_one_life_to_the_next() {
        Map<String, Object> input = new HashMap<>(target("mcp-gateway"));
        for (int minute = 0; minute < 5; minute++) {
            input.put("series", look("sampleMemory", input).get("series"));
            clock.pass(Duration.ofMinutes(1));
        }
        Map<String, Object> seen = look("sampleMemory", input);
        assertThat(seen)
                .containsEntry("samples", 6)
                .containsEntry("seconds", 300)
                .containsEntry("beganAnew", false);
        assertThat(seen.get("trend")).isNotEqualTo("unknown");
        input.put("series", seen.get("series"));
        sandbox.delete(new Target(
                "Pod", Sandbox.NAMESPACE, seen.get("series").toString().split(" ")[0]));
        clock.pass(Duration.ofMinutes(2));
        assertThat(look("sampleMemory", input)).containsEntry("samples", 1).containsEntry("beganAnew", true);
    }

    @Test
    void a_pod_that_waited_for_room_gets_a_node_when_somebody_leaves() {
        deploy("leaves", 3, "limits: {cpu: 3, memory: 1Gi}", "");
        awaitReady("leaves", 3);
        deploy("comes", 1, "limits: {cpu: 3, memory: 1Gi}", "");
        assertThat(look("describePod", target("comes"))).containsEntry("scheduling", "resources");
        sandbox.delete(new Target("Deployment", Sandbox.NAMESPACE, "leaves"));
        awaitReady("comes", 1);
    }

    @Test
    void a_claim_gets_its_volume_with_the_first_pod_that_uses_it() {
        make("{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: local-path},"
                + " provisioner: example.invalid/disk, volumeBindingMode: WaitForFirstConsumer}");
        make(
                "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: a1-orchestrator}, spec: {"
                        + "accessModes: [ReadWriteOnce], storageClassName: local-path, resources: {requests: {storage: 1Gi}}}}");
        assertThat(look("listVolumeClaims", Map.of())).containsEntry("waitingClaims", 1);
        deploy("uses", 1, "limits: {cpu: 1m}", "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]");
        assertThat(look("listVolumeClaims", Map.of())).containsEntry("boundClaims", 1);
    }
}
