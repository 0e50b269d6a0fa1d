package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.probe.ServedChain;
import org.incidentorchestrator.probe.TlsHandshake;
import org.incidentorchestrator.probe.TlsSettings;
import org.incidentorchestrator.step.Plan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The verbs of certificates and policies on a real API server, whose own certificate is looked at too. External Secrets
 * and Gatekeeper do not run there: what they would write, the test writes.
 */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "certificates and policies on a real API server; set TEST_KUBECONFIG to the kubeconfig of a disposable"
                        + " cluster, such as '.ci/kube-cluster up FOLDER' starts")
class CertificateApiServerIT extends CertificateContract {
    private static final String KUBECONFIG = System.getenv("TEST_KUBECONFIG");
    private static final List<KubernetesObject> OF_THE_CLUSTER = new ArrayList<>();
    private static TestNamespace namespace;

    @BeforeAll
    static void open() {
        CustomKinds.installed(KUBECONFIG);
        namespace = TestNamespace.on(KUBECONFIG);
    }

    @AfterAll
    static void close() {
        if (namespace != null) {
            OF_THE_CLUSTER.forEach(object -> namespace.delete(CONSTRAINTS, object));
            namespace.close();
        }
    }

    @Override
    protected ClusterReader reader() {
        return namespace.reader();
    }

    @Override
    protected ClusterWriter writer() {
        return namespace.writer();
    }

    @Override
    protected String namespace() {
        return namespace.name();
    }

    @Override
    protected KubernetesObject make(ResourceType type, ObjectNode manifest) {
        KubernetesObject made = namespace.make(type, manifest);
        if (!type.namespaced()) {
            OF_THE_CLUSTER.add(made);
        }
        return made;
    }

    @Override
    protected KubernetesObject change(ResourceType type, KubernetesObject object, ObjectNode body) {
        return namespace.merge(type, object, "", body);
    }

    @Override
    protected void report(ResourceType type, KubernetesObject object, ObjectNode status) {
        ObjectNode body = tree("{}");
        body.set("status", status);
        namespace.merge(type, object, "/status", body);
    }

    @Override
    protected void broken(String name) {
        KubernetesObject constraint = make(CONSTRAINTS, constraint(name));
        report(
                CONSTRAINTS,
                constraint,
                tree(
                        """
                        auditTimestamp: '2026-11-24T11:59:30Z'
                        totalViolations: 22
                        violations:
                          - { enforcementAction: dryrun, kind: Pod, name: breaks-it, namespace: %s, message: 'not ours' }
                          - { enforcementAction: dryrun, kind: Pod, name: other, namespace: elsewhere, message: 'not ours' }
                        """
                                .formatted(namespace())));
    }

    @Test
    void the_certificate_that_the_api_server_serves_is_seen() {
        URI address = namespace.address();
        ServedChain served = new TlsHandshake(new TlsSettings(Duration.ofSeconds(5)))
                .look(address.getHost(), address.getPort(), address.getHost());
        assertThat(served).isInstanceOfSatisfying(ServedChain.Shown.class, shown -> assertThat(
                        shown.certificates().get(0).getSerialNumber().signum())
                .isPositive());
    }

    @Test
    void the_printed_refresh_makes_of_an_external_secret_what_ours_makes_the_second_time_too() throws Exception {
        KubernetesObject typed = external("typed", "same-tls");
        KubernetesObject sent = external("sent", "same-tls");
        for (Instant at : List.of(NOW, NOW.plusSeconds(60))) {
            Plan<?> line = plan("refreshExternalSecret", Map.of("externalSecret", "typed"), at);
            shell(line.kubectl().get(0));
            Plan<?> ours = plan("refreshExternalSecret", Map.of("externalSecret", "sent"), at);
            writer().apply(effect(ours).change(), Write.FOR_REAL);
            assertThat(bare(read(sent))).isEqualTo(bare(read(typed)));
            assertThat(read(typed).annotation("force-sync")).hasValue(at.toString());
        }
    }

    /** Without what tells the two objects apart, and without who wrote which field when. */
    private static ObjectNode bare(KubernetesObject object) {
        ObjectNode tree = object.toJson();
        tree.withObject("/metadata").retain("labels", "annotations", "generation");
        return tree;
    }

    private static void shell(String line) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
        shell.environment().put("KUBECONFIG", KUBECONFIG);
        Process process = shell.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line + "\n" + out).isZero();
    }
}
