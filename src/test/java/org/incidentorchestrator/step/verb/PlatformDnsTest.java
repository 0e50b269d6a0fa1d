package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.ObjectsCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.junit.jupiter.api.Test;

/** DNS is looked at where its namespace may be looked at, and is down where nobody is ready behind its service. */
class PlatformDnsTest {
    private static final Step<?, ?> LOOKS =
            Verbs.with("look.namespaces=kube-system").get("checkPlatform");

    @Test
    void one_pod_that_is_ready_answers_for_all() {
        assertThat(dns(LOOKS, slice("kube-dns", "true", "false"))).isEqualTo("ok");
    }

    @Test
    void pods_none_of_which_is_ready_answer_nobody() {
        assertThat(dns(LOOKS, slice("kube-dns", "false", "false"))).isEqualTo("down");
    }

    @Test
    void a_service_without_any_pod_answers_nobody() {
        assertThat(dns(LOOKS, slice("kube-dns"))).isEqualTo("down");
    }

    @Test
    void a_cluster_whose_dns_is_somewhere_else_is_unknown() {
        assertThat(dns(LOOKS, slice("metrics-server", "true"))).isEqualTo("unknown");
    }

    @Test
    void what_may_not_be_read_is_unknown() {
        var cluster = cluster(slice("kube-dns", "false"));
        cluster.failing("EndpointSlice", ClusterFailure.Kind.FORBIDDEN);
        assertThat(dns(LOOKS, cluster)).isEqualTo("unknown");
    }

    @Test
    void a_namespace_that_is_none_of_ours_is_not_looked_at() {
        assertThat(dns(Verbs.named("checkPlatform"), slice("kube-dns", "false")))
                .isEqualTo("notLookedAt");
    }

    private static Object dns(Step<?, ?> step, String slice) {
        return dns(step, cluster(slice));
    }

    private static Object dns(Step<?, ?> step, ObjectsCluster cluster) {
        var context = new StepContext(cluster, Optional.empty(), Mode.EXECUTE, Instant.parse("2026-11-24T12:00:00Z"));
        return Verbs.output(Verbs.plan(step, Map.of("silentBefore", 0), context))
                .get("dns");
    }

    private static ObjectsCluster cluster(String slice) {
        return new ObjectsCluster(List.of(Manifest.of(slice)));
    }

    private static String slice(String service, String... ready) {
        StringBuilder endpoints = new StringBuilder();
        for (int n = 0; n < ready.length; n++) {
            endpoints
                    .append("\n- addresses: [10.0.0.")
                    .append(n + 1)
                    .append("]\n  conditions: {ready: ")
                    .append(ready[n])
                    .append("}");
        }
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: %1$s-x
                  namespace: kube-system
                  uid: uid-slice
                  labels: {kubernetes.io/service-name: %1$s}
                addressType: IPv4
                ports: [{name: dns, port: 53, protocol: UDP}]
                endpoints: %2$s
                """
                .formatted(service, ready.length == 0 ? "[]" : endpoints);
    }
}
