package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.NetworkPeer.Match;
import org.incidentorchestrator.cluster.NetworkPolicyView.Destination;
import org.incidentorchestrator.cluster.NetworkPolicyView.Direction;

/**
 * Network policies together: they are additive. A pod that none of them limits takes and makes every connection; one that
 * some limit, those that at least one of these lets through. A connection needs both the way out of the one pod and the
 * way into the other. Whether the cluster's network plugin enforces any of this is not to be seen over the API.
 *
 * @param all of the namespaces that both sides of a connection are in
 */
public record NetworkPolicies(List<NetworkPolicyView> all) {
    public NetworkPolicies {
        all = List.copyOf(all);
    }

    public static NetworkPolicies of(List<KubernetesObject> policies) {
        return new NetworkPolicies(policies.stream().map(NetworkPolicyView::new).toList());
    }

    public enum State {
        ALLOWED,
        DENIED,
        /** A policy speaks of what is not known here. */
        UNKNOWN
    }

    /** @param why one line; empty when it is allowed */
    public record Verdict(State state, String why) {
        static final Verdict ALLOWED = new Verdict(State.ALLOWED, "");

        public boolean allowed() {
            return state == State.ALLOWED;
        }

        public boolean denied() {
            return state == State.DENIED;
        }
    }

    /** @param port of the pod that is reached, not of a service in front of it; @param protocol TCP, UDP or SCTP */
    public Verdict verdict(NetworkPeer from, NetworkPeer to, int port, String protocol) {
        if (from.is(to)) {
            return Verdict.ALLOWED;
        }
        Destination destination = new Destination(to.pod(), port, protocol);
        Verdict out = verdict(Direction.EGRESS, from, to, destination);
        Verdict in = verdict(Direction.INGRESS, to, from, destination);
        return Stream.of(State.DENIED, State.UNKNOWN)
                .flatMap(state -> Stream.of(out, in).filter(each -> each.state == state))
                .findFirst()
                .orElse(Verdict.ALLOWED);
    }

    /** Those that limit the pod in this direction. */
    public List<NetworkPolicyView> limiting(Direction direction, KubernetesObject pod) {
        return all.stream()
                .filter(policy -> policy.limits(direction) && policy.selects(pod))
                .toList();
    }

    private Verdict verdict(Direction direction, NetworkPeer selected, NetworkPeer other, Destination to) {
        List<NetworkPolicyView> limiting = limiting(direction, selected.pod());
        if (limiting.isEmpty()) {
            return Verdict.ALLOWED;
        }
        String names = limiting.stream().map(NetworkPolicyView::name).collect(Collectors.joining(", "));
        if (selected.onHostNetwork() || other.onHostNetwork()) {
            return new Verdict(
                    State.UNKNOWN, "a pod on its node's network: whether " + names + " applies is the plugin's choice");
        }
        Match match = limiting.stream()
                .map(policy -> policy.allows(direction, other, to))
                .reduce(Match.NO, Match::or);
        return switch (match) {
            case YES -> Verdict.ALLOWED;
            case NO ->
                new Verdict(State.DENIED, direction.word() + " is limited by " + names + ", without a rule for it");
            case MAYBE ->
                new Verdict(
                        State.UNKNOWN,
                        direction.word() + " is limited by " + names
                                + ", whose rules name address blocks or namespaces that cannot be judged here");
        };
    }
}
