package org.incidentorchestrator.step.verb.network;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NetworkPeer;
import org.incidentorchestrator.cluster.NetworkPolicies;
import org.incidentorchestrator.cluster.NetworkPolicies.State;
import org.incidentorchestrator.cluster.NetworkPolicies.Verdict;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ServiceView;
import org.incidentorchestrator.cluster.ServiceView.Port;
import org.incidentorchestrator.cluster.Table;

/** Which workloads the policies let reach which services, and whether they may ask for names. */
record Traffic(List<Pair> pairs, List<Pair> dns) {
    private static final int MOST_ROWS = 2_000;
    private static final String DNS = "DNS";

    /** @param to {@code service:port/protocol}, or DNS */
    record Pair(String from, String to, Verdict verdict) {
        @Override
        public String toString() {
            return from + " → " + to + " (" + verdict.why() + ")";
        }
    }

    static Traffic judge(NetworkPolicies policies, Callers callers, List<ServiceState> services) {
        List<Pair> pairs = new ArrayList<>();
        for (ServiceState state : services) {
            for (Port port : state.service().ports()) {
                state.pods().stream()
                        .filter(pod -> ServiceView.targetPort(port, pod.pod()).isPresent())
                        .findFirst()
                        .ifPresent(pod -> callers.pods().stream()
                                .filter(caller -> !caller.owner().equals(pod.owner()))
                                .map(caller -> pair(policies, callers, caller, state, pod, port))
                                .forEach(pairs::add));
            }
        }
        NetworkPeer names = names(callers);
        List<Pair> dns = callers.pods().stream()
                .map(caller -> new Pair(caller.owner(), DNS, policies.verdict(callers.peer(caller), names, 53, "UDP")))
                .toList();
        return new Traffic(List.copyOf(pairs), dns);
    }

    private static Pair pair(
            NetworkPolicies policies, Callers callers, PodView caller, ServiceState state, PodView pod, Port port) {
        int number = ServiceView.targetPort(port, pod.pod()).orElseThrow();
        Verdict verdict = policies.verdict(callers.peer(caller), callers.peer(pod), number, port.protocol());
        return new Pair(caller.owner(), state.name() + ":" + port.number() + "/" + port.protocol(), verdict);
    }

    /** The cluster's DNS as all distributions label it; its own pods are in a namespace that is not ours to read. */
    private static NetworkPeer names(Callers callers) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.putObject("metadata")
                .put("namespace", "kube-system")
                .putObject("labels")
                .put("k8s-app", "kube-dns");
        ObjectNode container = pod.putObject("spec").putArray("containers").addObject();
        container
                .putArray("ports")
                .addObject()
                .put("name", "dns")
                .put("containerPort", 53)
                .put("protocol", "UDP");
        return new NetworkPeer(KubernetesObject.of(pod), callers.dnsNamespace());
    }

    int count(State state) {
        return (int)
                pairs.stream().filter(pair -> pair.verdict.state() == state).count();
    }

    List<Pair> denied() {
        return pairs.stream().filter(pair -> pair.verdict.denied()).toList();
    }

    List<Pair> withoutDns() {
        return dns.stream().filter(pair -> pair.verdict.denied()).toList();
    }

    /** The pairs that are not simply allowed. */
    Table table() {
        Table table = Table.of("FROM", "TO", "VERDICT", "WHY");
        List<Pair> limited = new ArrayList<>(pairs);
        limited.addAll(dns);
        limited.removeIf(pair -> pair.verdict.allowed());
        limited.stream()
                .limit(MOST_ROWS)
                .forEach(pair -> table.row(pair.from, pair.to, pair.verdict.state(), pair.verdict.why()));
        if (limited.size() > MOST_ROWS) {
            table.row("…", limited.size() - MOST_ROWS + " more", "", "");
        }
        return table;
    }
}
