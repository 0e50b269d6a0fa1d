package org.incidentorchestrator.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One address behind a service. A service has several slices: by address family, and from a hundred addresses on.
 *
 * @param ports {@code 8080/TCP}; several are joined by commas, empty where no port of the service leads to it
 * @param ready whether the service sends it traffic
 * @param serving whether it answers, while it terminates too
 * @param pod empty where the address is none of a pod
 */
public record EndpointView(
        String service,
        String address,
        String ports,
        boolean ready,
        boolean serving,
        boolean terminating,
        String pod,
        String node) {

    /** In the order of the slices; what two slices have alike is one. */
    public static List<EndpointView> of(List<KubernetesObject> slices) {
        Map<String, EndpointView> all = new LinkedHashMap<>();
        slices.stream()
                .flatMap(EndpointView::of)
                .forEach(each -> all.putIfAbsent(each.service + " " + each.address + " " + each.ports, each));
        return List.copyOf(all.values());
    }

    private static Stream<EndpointView> of(KubernetesObject slice) {
        String service = slice.labels().getOrDefault("kubernetes.io/service-name", "");
        String ports = slice.items("/ports").stream()
                .map(port -> port.text("/port", "any") + "/" + port.text("/protocol", "TCP"))
                .collect(Collectors.joining(","));
        return slice.items("/endpoints").stream().flatMap(endpoint -> endpoint.items("/addresses").stream()
                .limit(1)
                .map(address -> of(service, address.text("", ""), ports, endpoint)));
    }

    /** What a condition leaves out: ready and serving mean yes, terminating no (API reference of EndpointConditions). */
    private static EndpointView of(String service, String address, String ports, KubernetesObject endpoint) {
        boolean ready = endpoint.text("/conditions/ready", "true").equals("true");
        return new EndpointView(
                service,
                address,
                ports,
                ready,
                endpoint.text("/conditions/serving", "" + ready).equals("true"),
                endpoint.flag("/conditions/terminating"),
                endpoint.text("/targetRef/kind", "").equals("Pod") ? endpoint.text("/targetRef/name", "") : "",
                endpoint.text("/nodeName", ""));
    }

    /** Without a port of the service nothing arrives there, ready or not. */
    public boolean reached() {
        return ready && !ports.isEmpty();
    }

    public static Table table(List<EndpointView> endpoints) {
        Table table = Table.of("SERVICE", "ADDRESS", "PORTS", "READY", "SERVING", "TERMINATING", "POD", "NODE");
        endpoints.forEach(each -> table.row(
                each.service,
                each.address,
                each.ports,
                each.ready,
                each.serving,
                each.terminating,
                each.pod,
                each.node));
        return table;
    }
}
