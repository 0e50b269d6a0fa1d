package org.incidentorchestrator.step.verb.network;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Age;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NetworkPolicies;
import org.incidentorchestrator.cluster.NetworkPolicies.State;
import org.incidentorchestrator.cluster.NetworkPolicyView;
import org.incidentorchestrator.cluster.NetworkPolicyView.Direction;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists network policies with the pods that each selects, and judges them together: which workloads of the namespace may
 * reach which service, on the pods' port, and whether they may ask the cluster's DNS. Policies are additive, so that no
 * single one says what is denied. Callers from other namespaces are not judged. A policy does nothing where the network
 * plugin does not enforce it, and the API does not tell whether it does.
 */
@RunbookLines("U02")
@Component
final class ListNetworkPolicies implements Step<ListNetworkPolicies.Input, ListNetworkPolicies.Output> {
    private static final String NOT_SEEN =
            "Whether the network plugin enforces network policies is not to be seen over the API.\n";

    private final Reach reach;

    ListNetworkPolicies(Reach reach) {
        this.reach = reach;
    }

    /** @param target a workload, then only the ways to its services are judged; may be null or empty */
    record Input(String namespace, @Nullable String target) {}

    /**
     * Pairs of a calling workload and a port of a service, by what the policies say if they are enforced.
     *
     * @param unknown a policy names address blocks or namespaces that cannot be judged
     * @param withoutDns workloads that may not ask the cluster's DNS, so that they reach no name at all
     * @param policiesText what is denied, one line
     */
    record Output(int policies, int allowed, int denied, int unknown, int withoutDns, String policiesText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Scope scope = Scope.of(in.namespace(), in.target(), reach, context);
        List<KubernetesObject> pods = scope.list(ResourceType.PODS);
        NetworkPolicies policies = NetworkPolicies.of(scope.list(ResourceType.NETWORK_POLICIES));
        Traffic traffic = Traffic.judge(policies, Callers.of(scope, pods), ServiceState.read(scope));
        var output = new Output(
                policies.all().size(),
                traffic.count(State.ALLOWED),
                traffic.count(State.DENIED),
                traffic.count(State.UNKNOWN),
                traffic.withoutDns().size(),
                Line.of(text(policies, traffic), Line.MODEL));
        String line = scope.line(ResourceType.NETWORK_POLICIES);
        return Plan.look(summary(scope, output), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        scope.file("network-policies.txt"),
                        line,
                        table(policies, pods, context.plannedAt()) + "\n" + traffic.table() + "\n" + NOT_SEEN))
                .keeping(Kept.json(
                        scope.file("network-policies.json"),
                        line,
                        policies.all().stream().map(NetworkPolicyView::policy).toList()));
    }

    private static Table table(NetworkPolicies policies, List<KubernetesObject> pods, Instant now) {
        Table table = Table.of("NAME", "POD-SELECTOR", "LIMITS", "AGE", "PODS");
        for (NetworkPolicyView policy : policies.all()) {
            String limits = Stream.of(Direction.values())
                    .filter(policy::limits)
                    .map(Direction::word)
                    .collect(Collectors.joining(","));
            String selected = pods.stream()
                    .filter(policy::selects)
                    .map(PodView::of)
                    .filter(pod -> !pod.ended())
                    .map(PodView::name)
                    .collect(Collectors.joining(","));
            table.row(
                    policy.name(),
                    policy.selector(),
                    limits,
                    Age.of(policy.policy().time("/metadata/creationTimestamp"), now),
                    selected);
        }
        return table;
    }

    private static String text(NetworkPolicies policies, Traffic traffic) {
        if (policies.all().isEmpty()) {
            return "no network policy limits anything";
        }
        String denied = Stream.concat(traffic.withoutDns().stream(), traffic.denied().stream())
                .map(Traffic.Pair::toString)
                .collect(Collectors.joining("; "));
        return denied.isEmpty() ? "nothing that could be judged is denied" : "denied: " + denied;
    }

    private static String summary(Scope scope, Output output) {
        return ("Judged %d network policies for %s, if the network plugin enforces them: %d ways allowed, %d denied,"
                        + " %d not to be told; %d workloads without DNS")
                .formatted(output.policies, scope, output.allowed, output.denied, output.unknown, output.withoutDns);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Scope.PERMISSIONS,
                Permission.look("networking.k8s.io", "networkpolicies", "list"),
                Permission.look("", "namespaces", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
