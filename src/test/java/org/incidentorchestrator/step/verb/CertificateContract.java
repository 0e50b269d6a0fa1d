package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.support.TestAuthority;
import org.junit.jupiter.api.Test;

/**
 * The verbs of certificates and policies on a cluster that answers by itself. Held by the real API server and by the
 * sandbox.
 */
public abstract class CertificateContract {
    protected static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant END = Instant.parse("2027-11-24T12:00:00Z");
    private static final TestAuthority ROOT = TestAuthority.root("root", NOW.minusSeconds(3600), END);
    protected static final ResourceType CONSTRAINTS =
            new ResourceType("constraints.gatekeeper.sh", "v1beta1", "K8sAllowedRepos", "k8sallowedrepos", false);

    /** By namespace: to find them takes longer than all that is done with them. */
    private static final Map<String, Map<String, Step<?, ?>>> VERBS = new ConcurrentHashMap<>();

    protected abstract ClusterReader reader();

    protected abstract ClusterWriter writer();

    protected abstract String namespace();

    /** Makes an object, as somebody else. */
    protected abstract KubernetesObject make(ResourceType type, ObjectNode manifest);

    /** Changes an object by a merge patch, as somebody else. */
    protected abstract KubernetesObject change(ResourceType type, KubernetesObject object, ObjectNode body);

    /** Writes the status of an object, as its controller does. */
    protected abstract void report(ResourceType type, KubernetesObject object, ObjectNode status);

    /** Makes a constraint that more pods of this namespace break than it lists. */
    protected abstract void broken(String constraint);

    // ---- certificates

    @Test
    void tls_secrets_are_told_by_their_type_and_others_are_not_read() {
        secret("by-type-tls", "kubernetes.io/tls", ROOT.server(1, NOW, END, "a.example"));
        secret("by-type-opaque-tls", "Opaque", ROOT.server(2, NOW, END, "b.example"));
        Plan<?> plan = plan("listTlsSecrets", Map.of());
        assertThat(plan.artefacts().get(0).content()).contains("by-type-tls").doesNotContain("by-type-opaque-tls");
        assertThat(refusal("readTlsSecret", Map.of("secret", "by-type-opaque-tls"))
                        .reason())
                .isEqualTo("targetNotFound");
    }

    @Test
    void a_tls_secret_is_read_with_its_serial_its_names_and_whether_its_key_fits() {
        secret("read-tls", "kubernetes.io/tls", ROOT.server(0xcafe, NOW, END, "gateway.example", "b.example"));
        assertThat(output("readTlsSecret", Map.of("secret", "read-tls")))
                .containsEntry("readable", true)
                .containsEntry("serial", "cafe")
                .containsEntry("names", "gateway.example,b.example")
                .containsEntry("keyMatches", true)
                .containsEntry("daysLeft", 365)
                .containsEntry("faults", "");
    }

    @Test
    void what_is_no_pem_is_a_finding_of_that_secret() {
        KubernetesObject secret = secret("broken-tls", "kubernetes.io/tls", ROOT.server(4, NOW, END, "c.example"));
        ObjectNode body = tree("{}");
        body.withObject("/data").put("tls.crt", base64("no certificate"));
        change(ResourceType.SECRETS, secret, body);
        assertThat(output("readTlsSecret", Map.of("secret", "broken-tls")))
                .containsEntry("readable", false)
                .containsEntry("faults", "tls.crt holds no certificate");
    }

    @Test
    void a_refresh_is_an_annotation_that_moves_each_time_and_changes_nothing_else() {
        KubernetesObject external = external("refreshed", "refreshed-tls");
        Effect.OnCluster first = effect(plan("refreshExternalSecret", Map.of("externalSecret", "refreshed")));
        assertThat(writer().apply(first.change(), Write.DRY_RUN).after().annotation("force-sync"))
                .hasValue("2026-11-24T12:00:00Z");
        assertThat(read(external).annotation("force-sync")).isEmpty();
        writer().apply(first.change(), Write.FOR_REAL);
        KubernetesObject once = read(external);
        assertThat(once.annotation("force-sync")).hasValue("2026-11-24T12:00:00Z");
        assertThat(once.at("/spec")).isEqualTo(external.at("/spec"));
        Effect.OnCluster second =
                effect(plan("refreshExternalSecret", Map.of("externalSecret", "refreshed"), NOW.plusSeconds(60)));
        writer().apply(second.change(), Write.FOR_REAL);
        assertThat(read(external).annotation("force-sync")).hasValue("2026-11-24T12:01:00Z");
    }

    @Test
    void fetched_is_not_new() {
        TestAuthority old = ROOT.server(0x10, NOW.minusSeconds(60), END, "gateway.example");
        KubernetesObject secret = secret("rotated-tls", "kubernetes.io/tls", old);
        KubernetesObject external = external("rotated", "rotated-tls");
        String before = (String)
                output("readTlsSecret", Map.of("secret", "rotated-tls")).get("fingerprint");
        Map<String, Object> asked = Map.of(
                "externalSecret",
                "rotated",
                "requestedAt",
                NOW.toString(),
                "refreshedBefore",
                "2026-11-24T11:00:00Z",
                "fingerprintBefore",
                before);
        ready(external, "2026-11-24T11:00:00Z");
        assertThat(output("checkRefresh", asked)).containsEntry("refresh", "pending");
        ready(external, "2026-11-24T12:00:01Z");
        assertThat(output("checkRefresh", asked)).containsEntry("refresh", "unchanged");
        ObjectNode body = tree("{}");
        body.set("data", data(ROOT.server(0x11, NOW.minusSeconds(60), END, "gateway.example")));
        change(ResourceType.SECRETS, secret, body);
        assertThat(output("checkRefresh", asked))
                .containsEntry("refresh", "refreshed")
                .doesNotContainEntry("fingerprint", before);
    }

    @Test
    void the_external_secret_that_writes_a_secret_is_found_under_another_name() {
        external("writer-of-it", "written-tls");
        assertThat(output("listExternalSecrets", Map.of("secret", "written-tls")))
                .containsEntry("installed", true)
                .containsEntry("known", true)
                .containsEntry("externalSecret", "writer-of-it")
                .containsEntry("refreshable", true);
    }

    @Test
    void whoever_mounts_a_secret_is_to_be_restarted() {
        make(
                ResourceType.DEPLOYMENTS,
                tree(
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: { name: mounts-it, namespace: %s, labels: { app: mounts-it } }
                        spec:
                          replicas: 0
                          selector: { matchLabels: { app: mounts-it } }
                          template:
                            metadata: { labels: { app: mounts-it } }
                            spec:
                              containers: [{ name: app, image: 'example.invalid/app:1' }]
                              volumes: [{ name: tls, secret: { secretName: mounted-tls } }]
                        """
                                .formatted(namespace())));
        assertThat(output("listSecretConsumers", Map.of("secret", "mounted-tls")))
                .containsEntry("targets", "Deployment/" + namespace() + "/mounts-it")
                .containsEntry("complete", true);
    }

    // ---- policies

    @Test
    void violations_are_told_by_the_namespace_of_what_breaks_them() {
        String constraint = "only-ours-in-" + namespace();
        broken(constraint);
        Plan<?> plan = plan("listViolations", Map.of());
        assertThat(plan.artefacts().get(0).content())
                .contains("K8sAllowedRepos " + constraint)
                .doesNotContain("elsewhere");
        Map<String, Object> output = Verbs.output(plan);
        assertThat(output).containsEntry("installed", true).containsEntry("known", false);
        assertThat(((Number) output.get("violations")).intValue()).isPositive();
        assertThat(((Number) output.get("unlisted")).longValue()).isPositive();
    }

    /** A constraint that no image fits. */
    protected static ObjectNode constraint(String name) {
        return tree(
                """
                apiVersion: constraints.gatekeeper.sh/v1beta1
                kind: K8sAllowedRepos
                metadata: { name: %s }
                spec: { enforcementAction: dryrun, match: { kinds: [{ apiGroups: [''], kinds: [Pod] }] } }
                """
                        .formatted(name));
    }

    // ---- words

    private Plan<?> plan(String verb, Map<String, Object> more) {
        return plan(verb, more, NOW);
    }

    protected final Plan<?> plan(String verb, Map<String, Object> more, Instant at) {
        var verbs = VERBS.computeIfAbsent(namespace(), it -> Verbs.with("cluster.namespaces=" + it));
        Map<String, Object> input = new HashMap<>(Map.of("namespace", namespace()));
        input.putAll(more);
        return Verbs.plan(verbs.get(verb), input, new StepContext(reader(), Optional.empty(), Mode.EXECUTE, at));
    }

    private Map<String, Object> output(String verb, Map<String, Object> more) {
        return Verbs.output(plan(verb, more));
    }

    private StepFailure refusal(String verb, Map<String, Object> more) {
        try {
            throw new AssertionError("not refused: " + plan(verb, more).summary());
        } catch (StepFailure refusal) {
            return refusal;
        }
    }

    protected static Effect.OnCluster effect(Plan<?> plan) {
        return (Effect.OnCluster) plan.effects().get(0);
    }

    protected final KubernetesObject read(KubernetesObject external) {
        return reader().get(ResourceType.EXTERNAL_SECRETS, namespace(), external.name())
                .orElseThrow();
    }

    protected final KubernetesObject external(String name, String target) {
        return make(
                ResourceType.EXTERNAL_SECRETS,
                tree(
                        """
                        apiVersion: external-secrets.io/v1
                        kind: ExternalSecret
                        metadata: { name: %s, namespace: %s }
                        spec:
                          refreshInterval: 1h
                          secretStoreRef: { name: nowhere, kind: SecretStore }
                          target: { name: %s }
                        """
                                .formatted(name, namespace(), target)));
    }

    private void ready(KubernetesObject external, String refreshed) {
        report(
                ResourceType.EXTERNAL_SECRETS,
                external,
                tree("{refreshTime: '%s', conditions: [{type: Ready, status: 'True', reason: SecretSynced}]}"
                        .formatted(refreshed)));
    }

    private KubernetesObject secret(String name, String type, TestAuthority server) {
        ObjectNode manifest = tree("{apiVersion: v1, kind: Secret, metadata: {}}");
        manifest.withObject("/metadata").put("name", name).put("namespace", namespace());
        manifest.put("type", type).set("data", data(server));
        return make(ResourceType.SECRETS, manifest);
    }

    private static ObjectNode data(TestAuthority server) {
        return tree("{}").put("tls.crt", base64(server.pem() + ROOT.pem())).put("tls.key", base64(server.keyPem()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    protected static ObjectNode tree(String yaml) {
        return (ObjectNode) Manifest.tree(yaml);
    }
}
