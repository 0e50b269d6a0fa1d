package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final WorkloadView GATEWAY = new WorkloadView(Manifest.of(
            "{kind: Deployment, metadata: {name: gateway}, spec: {template: {metadata: {labels: {app: gateway}}}}}"));
    private static final List<KubernetesObject> PODS =
            List.of(Manifest.of("{metadata: {name: pod-a}}"), Manifest.of("{metadata: {name: pod-b}}"));
    private static final List<KubernetesObject> SERVICES = List.of(
            Manifest.of("{metadata: {name: gateway}, spec: {selector: {app: gateway}}}"),
            Manifest.of("{metadata: {name: other}, spec: {selector: {app: other}}}"),
            Manifest.of("{metadata: {name: by-hand}, spec: {}}"));

    @Test
    void only_ready_addresses_of_the_workloads_own_pods_count() {
        Endpoints endpoints = endpoints(
                """
                metadata: {labels: {kubernetes.io/service-name: gateway}}
                endpoints:
                - {targetRef: {name: pod-a}, conditions: {ready: true}}
                - {targetRef: {name: pod-b}, conditions: {ready: false}}
                - {targetRef: {name: stranger}, conditions: {ready: true}}
                """);
        assertThat(endpoints.services()).containsExactly(new Endpoints.Service("gateway", 1));
        assertThat(endpoints.withoutReady()).isEmpty();
    }

    @Test
    void an_absent_condition_means_ready() {
        assertThat(endpoints(
                                """
                                metadata: {labels: {kubernetes.io/service-name: gateway}}
                                endpoints: [{targetRef: {name: pod-a}}]
                                """)
                        .withoutReady())
                .isEmpty();
    }

    @Test
    void a_pod_with_an_address_of_each_family_is_one_endpoint() {
        String slice =
                """
                metadata: {labels: {kubernetes.io/service-name: gateway}}
                endpoints: [{targetRef: {name: pod-a}, conditions: {ready: true}}]
                """;
        assertThat(endpoints(slice, slice).services()).containsExactly(new Endpoints.Service("gateway", 1));
    }

    @Test
    void a_service_without_ready_endpoints_is_named() {
        assertThat(endpoints("metadata: {labels: {kubernetes.io/service-name: other}}")
                        .withoutReady())
                .containsExactly("gateway");
    }

    private static Endpoints endpoints(String... slices) {
        return Endpoints.of(
                GATEWAY,
                PODS,
                SERVICES,
                List.of(slices).stream().map(Manifest::of).toList());
    }
}
