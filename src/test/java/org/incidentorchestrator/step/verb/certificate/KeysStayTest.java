package org.incidentorchestrator.step.verb.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.ObjectsCluster;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.EvidenceSettings;
import org.incidentorchestrator.evidence.Redaction;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Verbs;
import org.incidentorchestrator.support.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of a private key is in anything that comes out of a step, whether the key is a good one or broken. */
class KeysStayTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant LATER = Instant.parse("2027-11-24T12:00:00Z");
    private static final TestAuthority ROOT = TestAuthority.root("root", NOW.minusSeconds(60), LATER);
    private static final TestAuthority SERVER = ROOT.server(7, NOW.minusSeconds(60), LATER, "gateway.example");
    private static final String EXTERNAL =
            """
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: gateway, namespace: a1-orchestrator, uid: u, resourceVersion: "1" }
            spec: { refreshInterval: 1h, target: { name: gateway-tls } }
            status: { refreshTime: 2026-11-24T11:59:59Z, conditions: [{ type: Ready, status: "True" }] }
            """;
    private static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: externalsecrets.external-secrets.io }
            spec:
              group: external-secrets.io
              scope: Namespaced
              names: { kind: ExternalSecret, plural: externalsecrets }
              versions: [{ name: v1 }]
            """;

    /** What lies in {@code tls.crt} and {@code tls.key}: also the key where the certificate should be. */
    static Stream<List<String>> contents() {
        String key = SERVER.keyPem();
        return Stream.of(
                List.of(SERVER.pem(), key),
                List.of(SERVER.pem(), key.replace("PRIVATE KEY", "RSA PRIVATE KEY")),
                List.of(SERVER.pem(), key.substring(0, key.length() / 2)),
                List.of(SERVER.pem(), key.replace("-----", "")),
                List.of(key, SERVER.pem()),
                List.of(key.replace("PRIVATE KEY", "CERTIFICATE"), key),
                List.of(key + SERVER.pem(), key));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void no_plan_and_no_refusal_holds_any_of_it(List<String> content) {
        for (String verb : List.of(
                "listTlsSecrets",
                "readTlsSecret",
                "readServedCertificate",
                "listExternalSecrets",
                "checkRefresh",
                "listSecretConsumers")) {
            assertThat(said(verb, content)).as(verb).isNotBlank().doesNotContain(pieces());
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void no_value_of_a_secret_is_kept_with_an_object(List<String> content) {
        assertThat(Kept.json("secret.json", "", List.of(secret(content))).content())
                .contains("gateway-tls", "tls.key")
                .doesNotContain(pieces());
    }

    @Test
    void secrets_are_read_with_the_rights_of_their_own_identity_and_nothing_else_is() {
        List<String> content = List.of(SERVER.pem(), SERVER.keyPem());
        for (String verb : List.of("listTlsSecrets", "readTlsSecret", "readServedCertificate", "checkRefresh")) {
            assertThat(plan(verb, divided(cluster(content))).summary()).as(verb).isNotBlank();
        }
    }

    /** A cluster that shows secrets to their own identity alone, and nothing else to it. */
    private static ClusterReader divided(ClusterReader cluster) {
        return (ClusterReader) Proxy.newProxyInstance(
                ClusterReader.class.getClassLoader(),
                new Class<?>[] {ClusterReader.class},
                (own, method, arguments) -> {
                    if (method.getName().equals("as")) {
                        return arguments[0] == Identity.SECRETS ? onlySecrets(cluster) : own;
                    }
                    assertThat(arguments == null ? List.of() : List.of(arguments))
                            .doesNotContain(ResourceType.SECRETS);
                    return method.invoke(cluster, arguments);
                });
    }

    private static ClusterReader onlySecrets(ClusterReader cluster) {
        return (ClusterReader) Proxy.newProxyInstance(
                ClusterReader.class.getClassLoader(),
                new Class<?>[] {ClusterReader.class},
                (own, method, arguments) -> {
                    assertThat(arguments).contains(ResourceType.SECRETS);
                    return method.invoke(cluster, arguments);
                });
    }

    @Test
    void what_is_kept_of_certificates_is_not_taken_for_a_secret() {
        String table = plan("listTlsSecrets", List.of(SERVER.pem(), SERVER.keyPem()))
                .artefacts()
                .get(0)
                .content();
        assertThat(new Redaction(EvidenceSettings.defaults()).apply(table)).isEqualTo(table);
        String summary = plan("readTlsSecret", List.of(SERVER.pem(), "")).summary();
        assertThat(new Redaction(EvidenceSettings.defaults()).apply(summary)).isEqualTo(summary);
    }

    private static String said(String verb, List<String> content) {
        try {
            Plan<?> plan = plan(verb, content);
            return plan + " " + plan.output();
        } catch (StepFailure refusal) {
            return refusal + " " + refusal.getMessage() + refusal.remedy();
        }
    }

    private static ObjectsCluster cluster(List<String> content) {
        return new ObjectsCluster(List.of(secret(content), Manifest.of(EXTERNAL), Manifest.of(DEFINITION)));
    }

    private static Plan<?> plan(String verb, List<String> content) {
        return plan(verb, cluster(content));
    }

    private static Plan<?> plan(String verb, ClusterReader cluster) {
        Map<String, Object> input = new HashMap<>(Map.of("namespace", "a1-orchestrator"));
        switch (verb) {
            case "readServedCertificate" ->
                input.putAll(Map.of("secret", "gateway-tls", "host", "gateway.example", "port", 443));
            case "checkRefresh" -> input.putAll(Map.of("externalSecret", "gateway", "requestedAt", NOW.toString()));
            case "listTlsSecrets" -> {}
            default -> input.put("secret", "gateway-tls");
        }
        return Verbs.plan(verb, input, new StepContext(cluster, Optional.empty(), Mode.EXECUTE, NOW));
    }

    private static KubernetesObject secret(List<String> content) {
        var tree = Manifest.of(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: { name: gateway-tls, namespace: a1-orchestrator, uid: u, resourceVersion: "1" }
                        type: kubernetes.io/tls
                        """)
                .toJson();
        tree.withObject("/data").put("tls.crt", base64(content.get(0))).put("tls.key", base64(content.get(1)));
        return KubernetesObject.of(tree);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Parts of the key's Base64, and of that in Base64 once more, as a secret has it: of the last line, which is the key's own. */
    private static String[] pieces() {
        String[] lines = SERVER.keyPem().split("\n");
        String own = lines[lines.length - 2];
        String all = base64(SERVER.keyPem());
        return new String[] {own.substring(0, 12), lines[1].substring(48, 60), all.substring(120, 140)};
    }
}
