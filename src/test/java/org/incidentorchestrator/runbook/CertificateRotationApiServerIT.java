package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.probe.TlsHandshake;
import org.incidentorchestrator.support.TestAuthority;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/**
 * A rotation on a real API server: the test plays External Secrets, which no test cluster runs, and the network, which its
 * pods are not on.
 */
@TestPropertySource(properties = {"step.mode=EXECUTE", "wait.refresh-poll=1s", "wait.served-poll=1s"})
class CertificateRotationApiServerIT extends ApiServerScenario {
    private static final String SERVING = "serving";
    private static final TestAuthority ROOT = TestAuthority.root(
            "root", Instant.now().minusSeconds(3600), Instant.now().plus(Duration.ofDays(1000)));
    private static final ServedByPods PODS = new ServedByPods(() -> cluster.reader());

    @TestConfiguration
    static class Network {
        @Bean
        @Primary
        TlsHandshake network() {
            return PreparedProbes.serving(PODS);
        }
    }

    @Test
    void a_certificate_is_fetched_taken_up_by_what_uses_it_and_served() {
        CustomKinds.installed(System.getenv("TEST_KUBECONFIG"));
        KubernetesObject secret = cluster.make(ResourceType.SECRETS, secret(Duration.ofDays(10), 0x10));
        KubernetesObject external = cluster.make(ResourceType.EXTERNAL_SECRETS, external());
        fetched(external, clock.instant().minusSeconds(600));
        cluster.isWell(SERVING);
        mounts();
        PODS.haveRead(cluster.name(), SERVING);
        fires(SERVING, "CertificateExpiring");

        answers("alice", "Choose certificates", Map.of("rotation", "rotate", "settledNote", ""));
        decides("Refresh", "apply");
        await("the refresh", () -> now(external).annotation("force-sync").orElse(null));
        cluster.merge(ResourceType.SECRETS, secret, "", secret(Duration.ofDays(300), 0x11));
        fetched(now(external), clock.instant());
        decides("Restart", "apply");

        awaitTold("RUNBOOK_ENDED", "certificate-rotation ended: done");
        assertThat(ledger()).containsExactly("APPLIED", "APPLIED");
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("serves serial 11"));
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("it is the one in the TLS secret"));
    }

    private static KubernetesObject now(KubernetesObject external) {
        return cluster.object(external.target()).orElseThrow();
    }

    private static ObjectNode secret(Duration left, long serial) {
        TestAuthority pair = ROOT.server(
                serial,
                Instant.now().minusSeconds(60),
                Instant.now().plus(left),
                SERVING + "." + cluster.name() + ".svc");
        ObjectNode secret = object("v1", "Secret").put("type", "kubernetes.io/tls");
        secret.putObject("data").put("tls.crt", base64(pair.pem())).put("tls.key", base64(pair.keyPem()));
        return secret;
    }

    private static ObjectNode external() {
        ObjectNode external = object("external-secrets.io/v1", "ExternalSecret");
        external.putObject("spec").putObject("target").put("name", SERVING + "-tls");
        external.withObject("/spec")
                .putObject("secretStoreRef")
                .put("kind", "SecretStore")
                .put("name", "vault");
        return external;
    }

    private static ObjectNode object(String version, String kind) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", version).put("kind", kind);
        object.putObject("metadata").put("name", SERVING + "-tls").put("namespace", cluster.name());
        return object;
    }

    /** What External Secrets reports once it has fetched. */
    private static void fetched(KubernetesObject external, Instant at) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode status = body.putObject("status").put("refreshTime", at.toString());
        status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "SecretSynced")
                .put("message", "secret synced");
        cluster.merge(ResourceType.EXTERNAL_SECRETS, external, "/status", body);
    }

    /** Its pods hold the certificate, and its service has a port for it. */
    private static void mounts() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/template/spec")
                .putArray("volumes")
                .addObject()
                .put("name", "tls")
                .putObject("secret")
                .put("secretName", SERVING + "-tls");
        cluster.merge(ResourceType.DEPLOYMENTS, cluster.deployment(SERVING), "", body);
        ObjectNode ports = JsonNodeFactory.instance.objectNode();
        ports.withObject("/spec")
                .putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", 443);
        Target service = new Target("Service", cluster.name(), SERVING);
        cluster.merge(ResourceType.SERVICES, cluster.object(service).orElseThrow(), "", ports);
        await(
                "pods that hold it",
                () -> cluster.pods(SERVING).size() == 2
                                && cluster.pods(SERVING).stream()
                                        .allMatch(pod -> pod.ready()
                                                && pod.pod().toString().contains(SERVING + "-tls"))
                        ? true
                        : null);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
