package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.NetworkPeer.Match;

/**
 * A network policy: which pods it limits, in which direction, and what it lets through nevertheless (API reference of
 * NetworkPolicySpec).
 */
public record NetworkPolicyView(KubernetesObject policy) {

    /** As seen from the pods that the policy selects. */
    public enum Direction {
        INGRESS("Ingress", "/spec/ingress", "/from"),
        EGRESS("Egress", "/spec/egress", "/to");

        private final String word;
        private final String rules;
        private final String peers;

        Direction(String word, String rules, String peers) {
            this.word = word;
            this.rules = rules;
            this.peers = peers;
        }

        public String word() {
            return word;
        }
    }

    public String name() {
        return policy.name();
    }

    /** All pods of its namespace when its selector is empty. */
    public boolean selects(KubernetesObject pod) {
        return policy.namespace().equals(pod.namespace()) && selector().matches(pod.labels());
    }

    public LabelSelector selector() {
        return LabelSelector.of(policy.at("/spec/podSelector"));
    }

    /** Without policyTypes it limits ingress, and egress when it has a rule for it. */
    public boolean limits(Direction direction) {
        List<KubernetesObject> types = policy.items("/spec/policyTypes");
        if (types.isEmpty()) {
            return direction == Direction.INGRESS
                    || !policy.items(direction.rules).isEmpty();
        }
        return types.stream().anyMatch(type -> type.text("", "").equals(direction.word));
    }

    /** @param other who is on the other side of the pods that it selects; @param to where the connection leads */
    Match allows(Direction direction, NetworkPeer other, Destination to) {
        return policy.items(direction.rules).stream()
                .map(rule -> admits(rule.items(direction.peers), other).and(opens(rule.items("/ports"), to)))
                .reduce(Match.NO, Match::or);
    }

    /** @param port of the pod, not of a service in front of it */
    record Destination(KubernetesObject pod, int port, String protocol) {}

    private Match admits(List<KubernetesObject> peers, NetworkPeer other) {
        return peers.isEmpty()
                ? Match.YES
                : peers.stream().map(peer -> admits(peer, other)).reduce(Match.NO, Match::or);
    }

    private Match admits(KubernetesObject peer, NetworkPeer other) {
        if (peer.at("/ipBlock").exists()) {
            return within(peer.at("/ipBlock"), other);
        }
        KubernetesObject namespaces = peer.at("/namespaceSelector");
        Match place = namespaces.exists()
                ? other.isIn(LabelSelector.of(namespaces))
                : Match.of(policy.namespace().equals(other.pod().namespace()));
        LabelSelector pods = LabelSelector.of(peer.at("/podSelector"));
        return place.and(Match.of(pods.matches(other.pod().labels())));
    }

    /** Some plugins match a pod by its address, others never do: inside of a block, only the plugin can tell. */
    private static Match within(KubernetesObject block, NetworkPeer other) {
        List<String> addresses = other.addresses();
        boolean inside = addresses.isEmpty()
                || addresses.stream()
                        .anyMatch(ip -> contains(block.text("/cidr", ""), ip)
                                && block.items("/except").stream()
                                        .noneMatch(except -> contains(except.text("", ""), ip)));
        return !inside ? Match.NO : other.outside() ? Match.YES : Match.MAYBE;
    }

    private static boolean contains(String block, String ip) {
        return Cidr.of(block).filter(cidr -> cidr.contains(ip)).isPresent();
    }

    private static Match opens(List<KubernetesObject> ports, Destination to) {
        return Match.of(ports.isEmpty() || ports.stream().anyMatch(port -> opens(port, to)));
    }

    private static boolean opens(KubernetesObject port, Destination to) {
        if (!port.text("/protocol", "TCP").equals(to.protocol())) {
            return false;
        }
        if (!port.at("/port").exists()) {
            return true;
        }
        Optional<Integer> first = port.number("/port")
                .or(() -> ServiceView.containerPort(to.pod(), port.text("/port", ""), to.protocol()));
        return first.filter(from -> from <= to.port() && to.port() <= port.number("/endPort", from))
                .isPresent();
    }
}
