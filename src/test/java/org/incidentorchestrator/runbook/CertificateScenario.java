package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.probe.TlsHandshake;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.support.TestAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** What the tests of certificates have in common: secrets, who writes them, and servers that serve what their pods hold. */
@Import(CertificateScenario.Network.class)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:certificates;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "wait.refresh-poll=2s"
        })
abstract class CertificateScenario extends RunbookScenario {
    static final String CONFIG = "mcp-config";
    static final String CHOOSE = "Choose certificates";
    static final String ROTATE = "Rotate at the source";
    static final String CONFIRM = "Confirm what is served";
    static final String SECRET = "patch ExternalSecret/" + Sandbox.NAMESPACE + "/" + GATEWAY + "-tls";
    static final String RESTART = "patch Deployment/" + Sandbox.NAMESPACE + "/";
    static final Duration A_WHILE = Duration.ofMinutes(10);

    @Autowired
    ServedByPods pods;

    @TestConfiguration
    static class Network {
        @Bean
        ServedByPods pods(Sandbox sandbox) {
            return new ServedByPods(sandbox::reader);
        }

        @Bean
        @Primary
        TlsHandshake network(ServedByPods pods) {
            return PreparedProbes.serving(pods);
        }
    }

    /** However old the world is by this night: its certificate is not. */
    @BeforeEach
    void nothingIsDue() {
        sandbox.play(Scenario.CERTIFICATE_EXPIRES, GATEWAY);
        sandbox.play(Scenario.HEALTHY_AGAIN, GATEWAY);
        passesUnseen(Duration.ofMinutes(10));
        pods.haveReadNothing();
    }

    /** Its certificate ends in ten days, its pods hold it, and the alert arrives. */
    void expires(String... workloads) {
        for (String workload : workloads) {
            sandbox.play(Scenario.CERTIFICATE_EXPIRES, workload);
            pods.haveRead(Sandbox.NAMESPACE, workload);
        }
        passesUnseen(Duration.ofMinutes(2));
        asked();
    }

    /** The alert names no workload that is there. */
    void asked() {
        firesFor("CertificateExpiring", "some-secret");
        work();
    }

    void chooses(String person, String rotation, String also) {
        answers(person, CHOOSE, Map.of("rotation", rotation, "alsoRotate", also, "settledNote", ""));
        work();
    }

    void rotates(String person, String done) {
        answers(person, ROTATE, Map.of("rotation", done, "settledNote", "in the store"));
        work();
    }

    void confirms(String person, String served) {
        answers(person, CONFIRM, Map.of("served", served, "settledNote", "seen with openssl"));
        work();
    }

    /** Applies what is proposed, and waits. */
    void applies() {
        decides("alice", "apply");
        passes(A_WHILE);
    }

    /** Somebody brings a new certificate in. */
    void brings(String workload) {
        Instant now = now();
        TestAuthority pair = TestAuthority.root("hand", now.minusSeconds(60), now.plus(Duration.ofDays(365)))
                .server(77, now.minusSeconds(60), now.plus(Duration.ofDays(300)), host(workload));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/data").put("tls.crt", base64(pair.pem())).put("tls.key", base64(pair.keyPem()));
        sandbox.patch(new Target("Secret", Sandbox.NAMESPACE, workload + "-tls"), body);
    }

    static String host(String workload) {
        return workload + "." + Sandbox.NAMESPACE + ".svc";
    }

    void ends(String outcome) {
        assertThat(told("RUNBOOK_ENDED")).contains("runbook certificate-rotation ended: " + outcome);
    }

    boolean looked(String words) {
        return told("STEP_LOOKED").stream().anyMatch(look -> look.contains(words));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
