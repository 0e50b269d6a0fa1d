package org.incidentorchestrator.step.verb.network;

import java.util.List;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.EndpointView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServiceView;
import org.incidentorchestrator.cluster.ServiceView.Port;

/** A service with the addresses behind it and the pods that it selects, those that are going to be deleted too. */
record ServiceState(ServiceView service, List<EndpointView> endpoints, List<PodView> pods) {

    static List<ServiceState> read(Scope scope) {
        List<ServiceView> services = scope.services();
        List<EndpointView> endpoints = EndpointView.of(scope.list(ResourceType.ENDPOINT_SLICES));
        List<KubernetesObject> pods = scope.list(ResourceType.PODS);
        return services.stream()
                .map(service -> new ServiceState(
                        service,
                        endpoints.stream()
                                .filter(each -> each.service().equals(service.name()))
                                .toList(),
                        pods.stream()
                                .filter(service::selects)
                                .map(PodView::of)
                                .filter(pod -> !pod.ended())
                                .toList()))
                .toList();
    }

    String name() {
        return service.name();
    }

    List<PodView> readyPods() {
        return pods.stream().filter(pod -> pod.ready() && !pod.terminating()).toList();
    }

    boolean hasReady() {
        return endpoints.stream().anyMatch(EndpointView::reached);
    }

    List<Port> undeclared() {
        return pods.isEmpty() ? List.of() : service.undeclared(raw());
    }

    private List<KubernetesObject> raw() {
        return pods.stream().map(PodView::pod).toList();
    }

    /** What is behind a name of elsewhere is not to be seen here, and lacks nothing. */
    Lack lack() {
        if (service.external() || hasReady()) {
            return Lack.NONE;
        } else if (service.selector().isEmpty()) {
            return Lack.NO_SELECTOR;
        } else if (pods.isEmpty()) {
            return Lack.SELECTS_NOTHING;
        } else if (undeclared().size() == service.ports().size()) {
            return Lack.PORT_NOT_DECLARED;
        }
        return readyPods().isEmpty() ? Lack.PODS_NOT_READY : Lack.NO_SLICE;
    }

    /** One sentence without its end, of a service that lacks something. */
    String why() {
        return switch (lack()) {
            case NONE -> name() + " has ready endpoints";
            case NO_SLICE ->
                name() + " has ready pods (" + readyPods().size() + "), and no endpoint slice names them: its"
                        + " controller is behind, or does not run";
            case NO_SELECTOR -> name() + " has no selector, and nobody has written endpoints for it";
            case PODS_NOT_READY -> "none of the pods that " + name() + " selects is ready (" + pods.size() + ")";
            case PORT_NOT_DECLARED -> undeclaredText();
            case SELECTS_NOTHING ->
                name() + " selects " + service.selector().orElseThrow() + ", and no pod has these labels";
        };
    }

    /** Nothing arrives through such a port, even where others of the service work. */
    String undeclaredText() {
        String ports = undeclared().stream()
                .map(port -> port.number() + " to '" + port.target() + "'")
                .collect(Collectors.joining(", "));
        return name() + " leads port " + ports + ", a name that no container of its pods declares";
    }
}
