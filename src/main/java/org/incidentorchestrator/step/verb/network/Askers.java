package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.NetworkPolicies;
import org.incidentorchestrator.cluster.NetworkPolicies.State;
import org.incidentorchestrator.cluster.NetworkPolicies.Verdict;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServiceView;

/**
 * Which pods may ask a service, the best first: ready ones of other workloads, which the network policies let through. Who
 * is denied would only show that the policy works.
 *
 * @param denied how many were left out
 */
record Askers(List<PodView> pods, int denied) {

    static Askers of(Scope scope, ServiceState state, HealthAddress address, String from) {
        NetworkPolicies policies = NetworkPolicies.of(scope.list(ResourceType.NETWORK_POLICIES));
        Callers callers = Callers.of(
                scope,
                scope.list(ResourceType.PODS).stream()
                        .filter(pod -> may(PodView.of(pod), from))
                        .toList());
        List<PodView> fit = new ArrayList<>();
        List<PodView> unsure = new ArrayList<>();
        int denied = 0;
        for (PodView pod : callers.pods()) {
            State may = may(policies, callers, pod, state, address);
            if (may == State.DENIED) {
                denied++;
            } else {
                (may == State.ALLOWED ? fit : unsure).add(pod);
            }
        }
        fit.sort(Comparator.comparing(pod -> serves(state, pod)));
        fit.addAll(unsure);
        return new Askers(List.copyOf(fit), denied);
    }

    private static boolean may(PodView pod, String from) {
        return pod.ready()
                && !pod.terminating()
                && (from.isEmpty() || pod.owner().equals(from));
    }

    /** As the worst of the pods that it may be led to; itself it always reaches. */
    private static State may(
            NetworkPolicies policies, Callers callers, PodView pod, ServiceState state, HealthAddress address) {
        Set<State> states = state.pods().stream()
                .filter(to -> !to.name().equals(pod.name()))
                .flatMap(to -> ServiceView.targetPort(address.port(), to.pod()).stream()
                        .map(port -> policies.verdict(callers.peer(pod), callers.peer(to), port, "TCP")))
                .map(Verdict::state)
                .collect(Collectors.toSet());
        return Stream.of(State.DENIED, State.UNKNOWN)
                .filter(states::contains)
                .findFirst()
                .orElse(State.ALLOWED);
    }

    /** A pod that asks its own service may get its own answer. */
    private static boolean serves(ServiceState state, PodView pod) {
        return state.pods().stream().anyMatch(each -> each.owner().equals(pod.owner()));
    }
}
