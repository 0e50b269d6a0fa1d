package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.NetworkPolicies.Verdict;
import org.incidentorchestrator.cluster.NetworkPolicyView.Direction;
import org.junit.jupiter.api.Test;

/**
 * What the verbs of the network rely on: services, the slices behind them, network policies as they are stored, programs
 * in pods. Held by the real API server and by the sandbox. What crosses a network is shown on the sandbox alone: the test
 * cluster's pods run nothing, and no plugin enforces its policies.
 */
public abstract class NetworkContract {
    protected abstract ClusterReader reader();

    protected abstract String namespace();

    /** Makes an object, as somebody else. */
    protected abstract void make(ResourceType type, ObjectNode manifest);

    /** Lets time pass until it is so; fails when it takes more than a minute. */
    protected abstract void await(String what, BooleanSupplier done);

    // ---- services and endpoints

    @Test
    void an_endpoint_has_the_number_of_the_port_that_its_service_leads_to_by_name() {
        deploy("named");
        serve("named", "{name: web, port: 80, targetPort: http}");
        await("a ready endpoint", () -> endpoints("named").stream().anyMatch(EndpointView::reached));
        assertThat(endpoints("named")).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.ports()).isEqualTo("8080/TCP");
            assertThat(endpoint.pod()).isEqualTo(pod("named").name());
            assertThat(endpoint.address()).isEqualTo(pod("named").text("/status/podIP", "none"));
            assertThat(endpoint.terminating()).isFalse();
        });
        ServiceView service = service("named");
        assertThat(ServiceView.targetPort(service.ports().get(0), pod("named"))).hasValue(8080);
        assertThat(service.undeclared(List.of(pod("named")))).isEmpty();
    }

    @Test
    void a_port_that_leads_to_a_name_that_no_pod_declares_leads_nowhere() {
        deploy("misnamed");
        serve("misnamed", "{name: web, port: 80, targetPort: web}");
        await("the endpoint", () -> !endpoints("misnamed").isEmpty());
        assertThat(endpoints("misnamed")).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.ready()).isTrue();
            assertThat(endpoint.ports()).isEmpty();
            assertThat(endpoint.reached()).isFalse();
        });
        assertThat(service("misnamed").undeclared(List.of(pod("misnamed")))).hasSize(1);
    }

    @Test
    void a_service_that_selects_nothing_has_no_endpoint() {
        serve("deserted", "{port: 80}");
        await("a slice", () -> !slices("deserted").isEmpty());
        assertThat(endpoints("deserted")).isEmpty();
    }

    // ---- policies

    @Test
    void a_policy_without_types_limits_what_comes_in_and_what_it_has_rules_for() {
        policy("comes-in", "{podSelector: {matchLabels: {app: nobody}}}");
        policy(
                "goes-out",
                "{podSelector: {matchLabels: {app: nobody}}, egress: [{ports: [{port: 53, protocol: UDP}]}]}");
        assertThat(policies().all())
                .filteredOn(policy -> policy.name().equals("comes-in"))
                .singleElement()
                .matches(policy -> policy.limits(Direction.INGRESS) && !policy.limits(Direction.EGRESS));
        assertThat(policies().all())
                .filteredOn(policy -> policy.name().equals("goes-out"))
                .singleElement()
                .matches(policy -> policy.limits(Direction.INGRESS) && policy.limits(Direction.EGRESS));
    }

    @Test
    void what_one_policy_denies_another_allows() {
        deploy("asked");
        deploy("friend");
        deploy("stranger");
        assertThat(verdict("stranger", "asked").allowed()).isTrue();
        policy("nobody", "{podSelector: {matchLabels: {app: asked}}, policyTypes: [Ingress]}");
        assertThat(verdict("friend", "asked").denied()).isTrue();
        policy(
                "friends",
                "{podSelector: {matchLabels: {app: asked}}, ingress: [{from: [{podSelector: {matchLabels: {app:"
                        + " friend}}}], ports: [{port: http}]}]}");
        assertThat(verdict("friend", "asked").allowed()).isTrue();
        assertThat(verdict("stranger", "asked").why()).contains("Ingress", "friends, nobody");
        policy(
                "our-namespace",
                "{podSelector: {matchLabels: {app: asked}}, ingress: [{from: [{namespaceSelector: {matchLabels: {"
                        + "kubernetes.io/metadata.name: " + namespace() + "}}}]}]}");
        assertThat(verdict("stranger", "asked").allowed()).isTrue();
    }

    @Test
    void a_namespace_has_the_label_that_policies_go_by() {
        assertThat(reader().get(ResourceType.NAMESPACES, "", namespace()))
                .hasValueSatisfying(namespace ->
                        assertThat(namespace.labels()).containsEntry("kubernetes.io/metadata.name", namespace()));
    }

    // ---- programs

    @Test
    void the_kernels_lists_of_sockets_are_printed_one_after_the_other() {
        deploy("connected");
        assertThat(run("connected", "cat", "/proc/net/tcp", "/proc/net/tcp6"))
                .isInstanceOfSatisfying(
                        ExecAnswer.Ended.class, ended -> assertThat(ended.out().lines())
                                .filteredOn(line -> line.contains("local_address"))
                                .hasSize(2));
    }

    @Test
    void a_folder_is_listed_with_sizes() {
        deploy("connected");
        assertThat(run("connected", "ls", "-la", "/tmp")).isInstanceOfSatisfying(ExecAnswer.Ended.class, ended -> {
            assertThat(ended.ok()).isTrue();
            assertThat(ended.out()).startsWith("total ");
        });
    }

    // ---- words of these tests

    private ExecAnswer run(String app, String... command) {
        return reader().exec(new ExecQuery(namespace(), pod(app).name(), "app", List.of(command), 1 << 20));
    }

    /** One ready pod, once it is there; a deployment that is there already is left as it is. */
    private void deploy(String app) {
        if (reader().get(ResourceType.DEPLOYMENTS, namespace(), app).isEmpty()) {
            make(
                    ResourceType.DEPLOYMENTS,
                    manifest(
                            """
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata: {name: APP, namespace: NAMESPACE}
                            spec:
                              replicas: 1
                              selector: {matchLabels: {app: APP}}
                              template:
                                metadata: {labels: {app: APP}}
                                spec:
                                  terminationGracePeriodSeconds: 1
                                  containers:
                                  - {name: app, image: "example.invalid/app:1", ports: [{name: http, containerPort: 8080}]}
                            """
                                    .replace("APP", app)));
        }
        await("a ready pod of " + app, () -> pods(app).stream()
                .anyMatch(pod -> PodView.of(pod).ready()));
    }

    private void serve(String app, String port) {
        make(
                ResourceType.SERVICES,
                manifest("{apiVersion: v1, kind: Service, metadata: {name: APP, namespace: NAMESPACE}, spec: {selector:"
                                .replace("APP", app)
                        + " {app: " + app + "}, ports: [" + port + "]}}"));
    }

    private void policy(String name, String spec) {
        make(
                ResourceType.NETWORK_POLICIES,
                manifest("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name
                        + ", namespace: NAMESPACE}, spec: " + spec + "}"));
    }

    private ObjectNode manifest(String yaml) {
        return (ObjectNode) Manifest.tree(yaml.replace("NAMESPACE", namespace()));
    }

    private NetworkPolicies policies() {
        return NetworkPolicies.of(reader().list(ResourceType.NETWORK_POLICIES, Query.in(namespace())));
    }

    private Verdict verdict(String from, String to) {
        return policies().verdict(peer(from), peer(to), 8080, "TCP");
    }

    private NetworkPeer peer(String app) {
        Optional<KubernetesObject> namespace = reader().get(ResourceType.NAMESPACES, "", namespace());
        return new NetworkPeer(pod(app), namespace);
    }

    private ServiceView service(String name) {
        return new ServiceView(
                reader().get(ResourceType.SERVICES, namespace(), name).orElseThrow());
    }

    private KubernetesObject pod(String app) {
        return pods(app).get(0);
    }

    private List<KubernetesObject> pods(String app) {
        return reader().list(
                        ResourceType.PODS, Query.in(namespace()).selecting(LabelSelector.equalTo(Map.of("app", app))));
    }

    private List<KubernetesObject> slices(String service) {
        LabelSelector its = LabelSelector.equalTo(Map.of("kubernetes.io/service-name", service));
        return reader().list(ResourceType.ENDPOINT_SLICES, Query.in(namespace()).selecting(its));
    }

    private List<EndpointView> endpoints(String service) {
        return EndpointView.of(slices(service));
    }
}
