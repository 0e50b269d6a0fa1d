package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.NetworkPolicies;
import org.incidentorchestrator.cluster.NetworkPolicyView.Direction;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.verb.Patience;

/** Asks services, and each of their ready pods, as long as the step's time lasts. */
final class HealthRound {
    private final Scope scope;
    private final HealthSettings settings;
    private final NetworkPolicies policies;
    private final Patience patience = new Patience();
    private final List<HealthAnswer> answers = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    HealthRound(Scope scope, HealthSettings settings) {
        this.scope = scope;
        this.settings = settings;
        this.policies = NetworkPolicies.of(scope.list(ResourceType.NETWORK_POLICIES));
    }

    void ask(ServiceState state) {
        String service = "service " + state.name();
        Optional<HealthAddress> address = HealthAddress.of(state, settings);
        if (state.service().external()) {
            note(HealthAnswer.unknown(service, "is a name of somewhere else, which is not asked"));
        } else if (address.isEmpty()) {
            note(HealthAnswer.unknown(service, "has no port of which anything says that it speaks HTTP"));
        } else if (state.service().selector().isEmpty()) {
            note(HealthAnswer.unknown(
                    service, "has endpoints written by hand, which the API server passes no request on to"));
        } else {
            ask(service, address.get(), address.get().throughService(scope.namespace()), limited(state.pods()));
            state.readyPods().forEach(pod -> ask(pod, address.get()));
        }
    }

    private void ask(PodView pod, HealthAddress address) {
        address.ofPod(pod).ifPresent(query -> ask("pod " + pod.name(), address, query, limited(List.of(pod))));
    }

    private boolean limited(List<PodView> pods) {
        return pods.stream().anyMatch(pod -> !policies.limiting(Direction.INGRESS, pod.pod())
                .isEmpty());
    }

    private void ask(String whom, HealthAddress address, HttpQuery query, boolean limited) {
        if (!patience.ask()) {
            note(HealthAnswer.unknown(whom, Patience.NONE_LEFT));
            return;
        }
        try {
            lines.add(scope.kubectl().http(query));
            HttpAnswer answer = scope.cluster().http(query);
            note(HealthAnswer.of(whom, address, answer, limited));
        } catch (ClusterFailure failure) {
            note(HealthAnswer.unknown(
                    whom, "could not be asked: " + patience.without(failure) + HealthAnswer.caveat(limited)));
        }
    }

    private void note(HealthAnswer answer) {
        answers.add(answer);
    }

    List<HealthAnswer> answers() {
        return List.copyOf(answers);
    }

    /** One for each that was asked. */
    List<String> lines() {
        return List.copyOf(lines);
    }
}
