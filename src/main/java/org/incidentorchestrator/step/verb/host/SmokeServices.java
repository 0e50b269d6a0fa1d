package org.incidentorchestrator.step.verb.host;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.EndpointView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ServiceView;
import org.incidentorchestrator.step.verb.Patience;

/**
 * Whether services lead somewhere, and what those say of themselves whose pods declare an HTTP readiness probe: asked
 * through the service, as its callers do.
 */
final class SmokeServices {
    private final ClusterReader cluster;
    private final SmokeRound round;
    private final Patience patience;

    SmokeServices(ClusterReader cluster, SmokeRound round, Patience patience) {
        this.cluster = cluster;
        this.round = round;
        this.patience = patience;
    }

    void check(List<KubernetesObject> services, List<KubernetesObject> slices, List<KubernetesObject> pods) {
        List<EndpointView> endpoints = EndpointView.of(slices);
        services.stream()
                .map(ServiceView::new)
                .filter(service -> !service.external())
                .forEach(service -> check(service, endpoints, pods));
    }

    private void check(ServiceView service, List<EndpointView> endpoints, List<KubernetesObject> pods) {
        String what = service.service().namespace() + "/" + service.name();
        long ready = endpoints.stream()
                .filter(endpoint -> endpoint.service().equals(service.name()) && endpoint.reached())
                .count();
        round.add(SmokeCheck.of(
                "service " + what, ready > 0, ready > 0 ? ready + " ready endpoints" : "no ready endpoint"));
        Optional<HttpQuery> query = service.probe(pods);
        if (ready > 0 && query.isPresent()) {
            round.add(health("health of " + what, query.get()));
        }
    }

    private SmokeCheck health(String what, HttpQuery query) {
        if (!patience.ask()) {
            return SmokeCheck.unknown(what, Patience.NONE_LEFT);
        }
        round.asked(round.kubectl().http(query));
        try {
            return health(what, query, cluster.http(query));
        } catch (ClusterFailure failure) {
            return SmokeCheck.unknown(what, patience.without(failure));
        }
    }

    /** That nobody takes the connection may be a network policy's doing, which does not let the API server through. */
    private SmokeCheck health(String what, HttpQuery query, HttpAnswer answer) {
        if (answer instanceof HttpAnswer.Answered answered) {
            int status = answered.status();
            return SmokeCheck.of(what, status >= 200 && status < 300, query.path() + " answers with status " + status);
        }
        return SmokeCheck.unknown(
                what, query.path() + " gives no answer: " + ((HttpAnswer.Unanswered) answer).reason());
    }
}
