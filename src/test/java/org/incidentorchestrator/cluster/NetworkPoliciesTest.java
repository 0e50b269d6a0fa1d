package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.NetworkPolicies.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPoliciesTest {
    private static final NetworkPeer GATEWAY = pod("gateway", "10.1.0.1");
    private static final NetworkPeer CONFIG = pod("config", "10.1.0.2");

    @Test
    void what_no_policy_limits_is_allowed() {
        assertThat(from(CONFIG)).isEqualTo(State.ALLOWED);
        assertThat(from(CONFIG, policy("{podSelector: {matchLabels: {app: other}}}")))
                .isEqualTo(State.ALLOWED);
    }

    @Test
    void what_one_denies_another_allows() {
        KubernetesObject deny = policy("{podSelector: {}}");
        assertThat(from(CONFIG, deny)).isEqualTo(State.DENIED);
        assertThat(from(CONFIG, deny, ingress("from: [{podSelector: {matchLabels: {app: config}}}]")))
                .isEqualTo(State.ALLOWED);
    }

    @Test
    void the_way_out_counts_as_well_as_the_way_in() {
        KubernetesObject noWayOut = policy("{podSelector: {matchLabels: {app: config}}, policyTypes: [Egress]}");
        assertThat(from(CONFIG, noWayOut)).isEqualTo(State.DENIED);
        assertThat(NetworkPolicies.of(List.of(noWayOut))
                        .verdict(CONFIG, GATEWAY, 8080, "TCP")
                        .why())
                .startsWith("Egress");
    }

    @Test
    void a_pod_always_reaches_itself() {
        assertThat(from(GATEWAY, policy("{podSelector: {}, policyTypes: [Ingress, Egress]}")))
                .isEqualTo(State.ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ALLOWED",
        "'ports: [{port: 8080}]', ALLOWED",
        "'ports: [{port: http}]', ALLOWED",
        "'ports: [{port: web}]', DENIED",
        "'ports: [{port: 80}]', DENIED",
        "'ports: [{port: 8080, protocol: UDP}]', DENIED",
        "'ports: [{protocol: TCP}]', ALLOWED",
        "'ports: [{port: 8000, endPort: 8080}]', ALLOWED",
        "'ports: [{port: 8000, endPort: 8079}]', DENIED",
        "'from: [], ports: []', ALLOWED",
    })
    void a_rule_opens_the_ports_that_it_names_or_all(String rule, State expected) {
        assertThat(from(CONFIG, ingress(rule))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'{ipBlock: {cidr: 10.1.0.0/16}}', UNKNOWN",
        "'{ipBlock: {cidr: 10.2.0.0/16}}', DENIED",
        "'{ipBlock: {cidr: 0.0.0.0/0, except: [10.1.0.2/32]}}', DENIED",
        "'{namespaceSelector: {}}', ALLOWED",
        "'{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: a1}}}', ALLOWED",
        "'{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: a2}}}', DENIED",
        "'{namespaceSelector: {matchLabels: {team: x}}}', UNKNOWN",
        "'{namespaceSelector: {matchLabels: {team: x}}, podSelector: {matchLabels: {app: other}}}', DENIED",
        "'{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [config]}]}}', DENIED",
    })
    void what_a_peer_is_may_not_be_known(String peer, State expected) {
        assertThat(from(CONFIG, ingress("from: [" + peer + "]"))).isEqualTo(expected);
    }

    @Test
    void the_labels_of_a_namespace_count_where_they_could_be_read() {
        KubernetesObject namespace = Manifest.of("{metadata: {name: a1, labels: {team: x}}}");
        NetworkPeer config = new NetworkPeer(CONFIG.pod(), Optional.of(namespace));
        assertThat(from(config, ingress("from: [{namespaceSelector: {matchLabels: {team: x}}}]")))
                .isEqualTo(State.ALLOWED);
        assertThat(from(config, ingress("from: [{namespaceSelector: {matchLabels: {team: y}}}]")))
                .isEqualTo(State.DENIED);
    }

    @Test
    void who_is_no_pod_is_in_no_namespace_and_in_address_blocks_for_certain() {
        NetworkPeer node = NetworkPeer.outside("192.168.10.1");
        assertThat(from(node, ingress("from: [{namespaceSelector: {}}]"))).isEqualTo(State.DENIED);
        assertThat(from(node, ingress("from: [{podSelector: {}}]"))).isEqualTo(State.DENIED);
        assertThat(from(node, ingress("from: [{ipBlock: {cidr: 192.168.0.0/16}}]")))
                .isEqualTo(State.ALLOWED);
        assertThat(from(node, ingress("ports: [{port: 8080}]"))).isEqualTo(State.ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.2.3/31, 10.1.2.2, true",
        "10.1.2.3/31, 10.1.2.4, false",
        "0.0.0.0/0, 255.1.1.1, true",
        "0.0.0.0/0, fd00::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
    })
    void an_address_is_in_a_block_or_not(String block, String ip, boolean inside) {
        assertThat(Cidr.of(block).orElseThrow().contains(ip)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.1.2.3",
                "10.1.2.3/33",
                "10.1.2.3/-1",
                "10.1.2/8",
                "host.example.com/8",
                "::1/129",
                "a/b/c"
            })
    void what_is_no_block_is_none_and_no_host_is_looked_up(String text) {
        assertThat(Cidr.of(text)).isEmpty();
    }

    private static State from(NetworkPeer peer, KubernetesObject... policies) {
        return NetworkPolicies.of(List.of(policies))
                .verdict(peer, GATEWAY, 8080, "TCP")
                .state();
    }

    private static KubernetesObject ingress(String rule) {
        return policy("{podSelector: {matchLabels: {app: gateway}}, ingress: [{" + rule + "}]}");
    }

    private static KubernetesObject policy(String spec) {
        return Manifest.of("{kind: NetworkPolicy, metadata: {name: p, namespace: a1}, spec: " + spec + "}");
    }

    private static NetworkPeer pod(String app, String ip) {
        return new NetworkPeer(
                Manifest.of("{kind: Pod, metadata: {name: " + app + ", namespace: a1, uid: uid-" + app
                        + ", labels: {app: " + app
                        + "}}, spec: {containers: [{ports: [{name: http, containerPort: 8080}]}]},"
                        + " status: {podIP: " + ip + "}}"),
                Optional.empty());
    }
}
