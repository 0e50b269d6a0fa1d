package org.incidentorchestrator.step.verb.network;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ServiceView;
import org.incidentorchestrator.cluster.ServiceView.Port;

/**
 * Where a service is asked for its health: at the port that leads to its pods' own HTTP readiness probe, with the probe's
 * path; without a probe at its HTTP port, with the path of the setting {@code health.path}.
 *
 * @param dialled the port that pods of the namespace call: a headless service's name leads to its pods themselves
 * @param declared whether the pods say themselves that this is the address
 */
record HealthAddress(String service, Port port, int dialled, String scheme, String path, boolean declared) {

    /** Empty where nothing says that the service speaks HTTP: what answers there would not understand. */
    static Optional<HealthAddress> of(ServiceState state, HealthSettings settings) {
        return declared(state).or(() -> guessed(state, settings));
    }

    private static Optional<HealthAddress> declared(ServiceState state) {
        return state.service()
                .probed(state.pods().stream().map(PodView::pod).toList())
                .map(probed -> new HealthAddress(
                        state.name(),
                        probed.port(),
                        dialled(state, probed.port()),
                        probed.probe().scheme(),
                        probed.probe().path(),
                        true));
    }

    private static Optional<HealthAddress> guessed(ServiceState state, HealthSettings settings) {
        List<Port> ports = state.service().ports().stream().filter(Port::tcp).toList();
        return ports.stream()
                .filter(port ->
                        port.saysHttp() || ports.size() == 1 && port.name().isEmpty())
                .findFirst()
                .map(port -> new HealthAddress(
                        state.name(),
                        port,
                        dialled(state, port),
                        port.name().startsWith("https") ? "https" : "http",
                        settings.path(),
                        false));
    }

    private static int dialled(ServiceState state, Port port) {
        return !state.service().headless()
                ? port.number()
                : state.pods().stream()
                        .flatMap(pod -> ServiceView.targetPort(port, pod.pod()).stream())
                        .findFirst()
                        .orElse(port.number());
    }

    HttpQuery throughService(String namespace) {
        return HttpQuery.ofService(namespace, service, scheme, port.number(), path);
    }

    /** Empty where the pod has no port of the name that the service leads to. */
    Optional<HttpQuery> ofPod(PodView pod) {
        return ServiceView.targetPort(port, pod.pod())
                .map(number -> HttpQuery.ofPod(pod.pod().namespace(), pod.name(), scheme, number, path));
    }

    /** As a pod of the same namespace asks. */
    String url() {
        return scheme + "://" + service + ":" + dialled + path;
    }
}
