package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The services that select a workload's pods, and how many of these pods each of them sends traffic to.
 *
 * @param services empty when no service selects the pods: then nothing can be said of endpoints
 */
public record Endpoints(List<Service> services) {
    /** @param ready addresses of the workload's own pods; a service may select others' as well */
    public record Service(String name, int ready) {}

    public Endpoints {
        services = List.copyOf(services);
    }

    /** @param slices the namespace's endpoint slices */
    public static Endpoints of(
            WorkloadView workload,
            List<KubernetesObject> pods,
            List<KubernetesObject> services,
            List<KubernetesObject> slices) {
        Set<String> names = pods.stream().map(KubernetesObject::name).collect(Collectors.toSet());
        return new Endpoints(services.stream()
                .filter(service -> selects(service, workload))
                .map(service -> new Service(service.name(), ready(service, slices, names)))
                .toList());
    }

    /** A service without a selector selects nothing: its endpoints are somebody's hand work. */
    public static boolean selects(KubernetesObject service, WorkloadView workload) {
        KubernetesObject selector = service.at("/spec/selector");
        return !selector.map("").isEmpty() && LabelSelector.of(selector).matches(workload.podLabels());
    }

    /** The services without any ready address. */
    public List<String> withoutReady() {
        return services.stream()
                .filter(service -> service.ready == 0)
                .map(Service::name)
                .toList();
    }

    private static int ready(KubernetesObject service, List<KubernetesObject> slices, Set<String> pods) {
        return (int) slices.stream()
                .filter(slice -> service.name().equals(slice.labels().get("kubernetes.io/service-name")))
                .flatMap(slice -> slice.items("/endpoints").stream())
                .filter(endpoint -> pods.contains(endpoint.text("/targetRef/name", "")))
                // An absent condition means ready (API reference of EndpointConditions).
                .filter(endpoint -> endpoint.text("/conditions/ready", "true").equals("true"))
                .map(endpoint -> endpoint.text("/targetRef/name", ""))
                .distinct()
                .count();
    }
}
