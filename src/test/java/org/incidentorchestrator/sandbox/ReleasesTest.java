package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

/** What somebody has pushed is there to be synced, and goes away again as if it had never been. */
class ReleasesTest {
    private static final Target APPLICATION = new Target("Application", "argocd", "a1-orchestrator");

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);
    private final String before = revision();
    private final String image = image();

    @Test
    void a_new_revision_is_out_of_sync_until_somebody_syncs_it_and_the_one_before_can_be_synced_again() {
        sandbox.play(Scenario.NEW_REVISION, "mcp-gateway");
        clock.pass(Duration.ofMinutes(5));
        assertThat(text("/status/sync/status")).isEqualTo("OutOfSync");
        assertThat(image()).as("nothing syncs by itself").isEqualTo(image);
        assertThat(text("/status/operationState/syncResult/revision")).isEqualTo(before);

        sync(revision());
        assertThat(image()).endsWith(":9.0.0");
        assertThat(text("/status/sync/status")).isEqualTo("Synced");

        sync(before);
        assertThat(image()).isEqualTo(image);
        assertThat(text("/status/sync/status")).as("its branch is further").isEqualTo("OutOfSync");
        assertThat(text("/status/operationState/syncResult/revision")).isEqualTo(before);
    }

    @Test
    void a_broken_revision_never_rolls_out() {
        sandbox.play(Scenario.BROKEN_REVISION, "mcp-gateway");
        sync(revision());
        clock.pass(Duration.ofMinutes(15));

        assertThat(gateway().items("/status/conditions"))
                .anyMatch(condition -> condition.text("/reason", "").equals("ProgressDeadlineExceeded"));
    }

    @Test
    void what_was_pushed_goes_with_its_scenario() {
        sandbox.play(Scenario.NEW_REVISION, "mcp-gateway");
        sync(revision());
        sandbox.play(Scenario.HEALTHY_AGAIN, "mcp-gateway");
        clock.pass(Duration.ofMinutes(5));

        assertThat(image()).isEqualTo(image);
        assertThat(revision()).isEqualTo(before);
        assertThat(text("/status/sync/status")).isEqualTo("Synced");
        assertThat(application().at("/spec/syncPolicy/automated")).matches(KubernetesObject::exists);
    }

    private void sync(String revision) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/operation/sync").put("revision", revision);
        sandbox.patch(APPLICATION, body);
        clock.pass(Duration.ofMinutes(1));
    }

    private String revision() {
        return text("/status/sync/revision");
    }

    private String text(String path) {
        return application().text(path, "");
    }

    private KubernetesObject application() {
        return sandbox.reader()
                .get(ResourceType.ARGO_APPLICATIONS, "argocd", "a1-orchestrator")
                .orElseThrow();
    }

    private KubernetesObject gateway() {
        return sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, "mcp-gateway")
                .orElseThrow();
    }

    private String image() {
        return gateway().text("/spec/template/spec/containers/0/image", "");
    }
}
