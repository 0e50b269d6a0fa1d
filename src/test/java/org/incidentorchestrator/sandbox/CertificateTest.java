package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.verb.CertificateContract;
import org.incidentorchestrator.step.verb.Verbs;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

/** The sandbox shows the verbs of certificates and policies what a real API server shows them. */
class CertificateTest extends CertificateContract {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @Override
    protected ClusterReader reader() {
        return sandbox.reader();
    }

    @Override
    protected ClusterWriter writer() {
        return sandbox.writer();
    }

    @Override
    protected String namespace() {
        return Sandbox.NAMESPACE;
    }

    @Override
    protected KubernetesObject make(ResourceType type, ObjectNode manifest) {
        return sandbox.change(
                (world, now) -> KubernetesObject.of(new ApiServer(world, "somebody-else", now).create(manifest)));
    }

    @Override
    protected KubernetesObject change(ResourceType type, KubernetesObject object, ObjectNode body) {
        Key key = Key.of(object.target());
        return sandbox.change((world, now) ->
                KubernetesObject.of(new ApiServer(world, "somebody-else", now).patch(key, "", "", body)));
    }

    @Override
    protected void broken(String constraint) {
        make(CONSTRAINTS, constraint(constraint));
    }

    @Override
    protected void report(ResourceType type, KubernetesObject object, ObjectNode status) {
        sandbox.change((world, now) -> {
            ObjectNode stored = world.find(Key.of(object.target())).orElseThrow();
            Status.write(world, stored, status, "its-controller", now);
            return null;
        });
    }

    // ---- what only the sandbox shows: controllers that work

    @Test
    void a_refresh_brings_a_new_certificate_and_its_key() {
        assertThat(refreshed()).isEqualTo("refreshed");
    }

    @Test
    void a_refresh_from_a_store_that_has_no_newer_one_is_not_taken_for_success() {
        sandbox.play(Scenario.CERTIFICATE_STAYS, "mcp-gateway");
        assertThat(refreshed()).isEqualTo("unchanged");
    }

    @Test
    void what_gatekeeper_finds_again_and_again_is_not_outdated() {
        clock.pass(Duration.ofHours(3));
        assertThat(output("listViolations", Map.of()).get("text"))
                .asString()
                .contains("more are listed nowhere")
                .doesNotContain("of late");
    }

    private Object refreshed() {
        Map<String, Object> before = output("readTlsSecret", Map.of("secret", "mcp-gateway-tls"));
        assertThat(before).containsEntry("keyMatches", true).containsEntry("externalSecret", "mcp-gateway-tls");
        Plan<?> plan = plan("refreshExternalSecret", Map.of("externalSecret", "mcp-gateway-tls"), clock.instant());
        writer().apply(effect(plan).change(), ClusterWriter.Write.FOR_REAL);
        Map<String, Object> asked = Verbs.output(plan);
        Map<String, Object> check = Map.of(
                "externalSecret", "mcp-gateway-tls",
                "requestedAt", asked.get("requestedAt"),
                "refreshedBefore", asked.get("refreshedBefore"),
                "fingerprintBefore", before.get("fingerprint"));
        assertThat(output("checkRefresh", check)).containsEntry("refresh", "pending");
        clock.pass(ExternalSecretController.FETCHES_IN.plusSeconds(1));
        return output("checkRefresh", check).get("refresh");
    }

    private Map<String, Object> output(String verb, Map<String, Object> more) {
        return Verbs.output(plan(verb, more, clock.instant()));
    }
}
