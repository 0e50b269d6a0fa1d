package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldFileTest {
    private static final Target GATEWAY = new Target("Deployment", Sandbox.NAMESPACE, "mcp-gateway");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    @Test
    void a_world_that_was_killed_lives_on_as_if_it_had_not_been() {
        Sandbox first = sandbox();
        first.play(Scenario.CRASH_UNTIL_RESTARTED, "mcp-gateway");
        clock.pass(Duration.ofSeconds(90));
        first.patch(GATEWAY, Json.object("{'spec': {'template': {'metadata': {'annotations': {'a': 'b'}}}}}"));
        clock.pass(Duration.ofSeconds(4));
        pods(first);
        clock.pass(Duration.ofSeconds(30));

        Sandbox second = sandbox();

        for (ResourceType type : List.of(ResourceType.PODS, ResourceType.DEPLOYMENTS, ResourceType.EVENTS)) {
            assertThat(second.reader().list(type, Query.in("")))
                    .isEqualTo(first.reader().list(type, Query.in("")));
        }
        assertThat(second.reader().cluster()).isEqualTo(first.reader().cluster());
        assertThat(second.view()).isEqualTo(first.view());
    }

    @Test
    void a_rollout_that_a_kill_interrupted_is_complete_hours_later() {
        sandbox().patch(GATEWAY, Json.object("{'spec': {'template': {'metadata': {'annotations': {'a': 'b'}}}}}"));
        clock.pass(Duration.ofHours(7));

        KubernetesObject gateway = sandbox()
                .reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, "mcp-gateway")
                .orElseThrow();

        assertThat(gateway.number("/status/updatedReplicas")).contains(2);
        assertThat(gateway.number("/status/replicas")).contains(2);
    }

    @Test
    void a_world_is_the_same_however_often_somebody_looked() {
        Sandbox busy = Sandbox.inMemory(clock);
        Sandbox idle = Sandbox.inMemory(clock);
        for (Sandbox each : List.of(busy, idle)) {
            each.play(Scenario.CRASH_UNTIL_RESTARTED, "mcp-gateway");
            each.patch(GATEWAY, Json.object("{'spec': {'replicas': 4}}"));
        }
        for (int second = 0; second < 600; second++) {
            clock.pass(Duration.ofSeconds(1));
            pods(busy);
        }

        assertThat(pods(busy)).isEqualTo(pods(idle));
        assertThat(busy.reader().list(ResourceType.EVENTS, Query.in("")))
                .isEqualTo(idle.reader().list(ResourceType.EVENTS, Query.in("")));
    }

    @Test
    void two_new_worlds_are_two_clusters_and_one_world_stays_one() {
        Sandbox one = sandbox();
        Sandbox other = Sandbox.in(folder.resolve("other.json"), clock);

        assertThat(other.reader().cluster().uid())
                .isNotEqualTo(one.reader().cluster().uid());
        assertThat(sandbox().reader().cluster()).isEqualTo(one.reader().cluster());
    }

    @Test
    void a_damaged_file_is_named_and_left_alone() throws IOException {
        Files.writeString(file(), "{\"seed\": ");

        assertThatThrownBy(this::sandbox)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("Move the file away");
        assertThat(file()).hasContent("{\"seed\": ");
    }

    @Test
    void what_cannot_be_kept_is_not_done() throws IOException {
        Sandbox sandbox = sandbox();
        Files.createDirectory(folder.resolve("world.json.next"));

        assertThatThrownBy(() -> sandbox.patch(GATEWAY, Json.object("{'spec': {'replicas': 4}}")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(sandbox.reader()
                        .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, "mcp-gateway")
                        .orElseThrow()
                        .number("/spec/replicas"))
                .contains(2);
    }

    @Test
    void a_clock_that_was_set_back_does_not_take_the_world_back() {
        Sandbox sandbox = sandbox();
        sandbox.patch(GATEWAY, Json.object("{'spec': {'replicas': 4}}"));
        clock.pass(Duration.ofSeconds(30));
        List<KubernetesObject> pods = pods(sandbox);

        clock.pass(Duration.ofMinutes(-10));

        assertThat(pods(sandbox)).isEqualTo(pods);
    }

    private Sandbox sandbox() {
        return Sandbox.in(file(), clock);
    }

    private Path file() {
        return folder.resolve("world.json");
    }

    private static List<KubernetesObject> pods(Sandbox sandbox) {
        return sandbox.reader().list(ResourceType.PODS, Query.in(Sandbox.NAMESPACE));
    }
}
