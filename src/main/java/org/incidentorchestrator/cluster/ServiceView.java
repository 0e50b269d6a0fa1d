package org.incidentorchestrator.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;

/** A service as {@code kubectl get services -o wide} shows it, and which ports of its pods its own ports mean. */
public record ServiceView(KubernetesObject service) {

    /**
     * @param name empty where a service has a single port without one
     * @param target a number, or the name of a port that the pods' containers declare; never empty
     * @param appProtocol what is spoken, where somebody says so: {@code http}, {@code kubernetes.io/h2c}; else empty
     */
    public record Port(String name, int number, String protocol, String target, int nodePort, String appProtocol) {
        static Port of(KubernetesObject port) {
            int number = port.number("/port", 0);
            return new Port(
                    port.text("/name", ""),
                    number,
                    port.text("/protocol", "TCP"),
                    port.text("/targetPort", "" + number),
                    port.number("/nodePort", 0),
                    port.text("/appProtocol", ""));
        }

        public boolean named() {
            return !target.chars().allMatch(Character::isDigit);
        }

        public boolean tcp() {
            return protocol.equals("TCP");
        }

        /** Whether its name or its protocol says so; of a port without either nothing is known. */
        public boolean saysHttp() {
            return name.toLowerCase(Locale.ROOT).startsWith("http")
                    || appProtocol.toLowerCase(Locale.ROOT).startsWith("http");
        }

        /** {@code 8080/TCP}, or {@code 8080:30080/TCP}. */
        @Override
        public String toString() {
            return number + (nodePort > 0 ? ":" + nodePort : "") + "/" + protocol;
        }
    }

    public String name() {
        return service.name();
    }

    public String type() {
        return service.text("/spec/type", "ClusterIP");
    }

    /** A name of somewhere else: it has no endpoints, and needs none. */
    public boolean external() {
        return type().equals("ExternalName");
    }

    public boolean headless() {
        return service.text("/spec/clusterIP", "").equals("None");
    }

    /** Empty where there is none: then the endpoints are somebody's hand work. */
    public Optional<LabelSelector> selector() {
        return Optional.of(service.at("/spec/selector"))
                .filter(selector -> !selector.map("").isEmpty())
                .map(LabelSelector::of);
    }

    public boolean selects(KubernetesObject pod) {
        return service.namespace().equals(pod.namespace())
                && selector().filter(selector -> selector.matches(pod.labels())).isPresent();
    }

    public List<Port> ports() {
        return service.items("/spec/ports").stream().map(Port::of).toList();
    }

    /** The number of the pod's port; empty where the port has a name that no container of the pod declares. */
    public static Optional<Integer> targetPort(Port port, KubernetesObject pod) {
        return port.named()
                ? containerPort(pod, port.target(), port.protocol())
                : Optional.of(Integer.parseInt(port.target()));
    }

    /** The number of the port that a container of the pod declares under this name. */
    static Optional<Integer> containerPort(KubernetesObject pod, String name, String protocol) {
        return pod.items("/spec/containers").stream()
                .flatMap(container -> container.items("/ports").stream())
                .filter(port -> port.text("/name", "").equals(name))
                .filter(port -> port.text("/protocol", "TCP").equals(protocol))
                .map(port -> port.number("/containerPort", 0))
                .findFirst();
    }

    /**
     * The question of its pods' own HTTP readiness probe, asked through the service; empty when no pod declares one, or no
     * port leads to it.
     */
    public Optional<HttpQuery> probe(List<KubernetesObject> pods) {
        return probed(pods)
                .map(probed -> HttpQuery.ofService(
                        service.namespace(),
                        name(),
                        probed.probe().scheme(),
                        probed.port().number(),
                        probed.probe().path()));
    }

    /** Which of its ports leads to a readiness probe of its pods. */
    public Optional<Probed> probed(List<KubernetesObject> pods) {
        return ports().stream()
                .filter(Port::tcp)
                .flatMap(port -> pods.stream().filter(this::selects).flatMap(pod -> HealthProbe.of(pod).stream()
                        .filter(probe -> targetPort(port, pod)
                                .filter(number -> number == probe.port())
                                .isPresent())
                        .map(probe -> new Probed(port, probe))))
                .findFirst();
    }

    public record Probed(Port port, HealthProbe probe) {}

    /** Those of its ports whose target has a name that none of these pods declares: nothing arrives through them. */
    public List<Port> undeclared(List<KubernetesObject> pods) {
        return ports().stream()
                .filter(Port::named)
                .filter(port ->
                        pods.stream().noneMatch(pod -> targetPort(port, pod).isPresent()))
                .toList();
    }

    /** What {@code kubectl get services -o wide} would print of these. */
    public static Table table(List<ServiceView> services, Instant now) {
        Table table = Table.of("NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE", "SELECTOR");
        for (ServiceView service : services) {
            table.row(
                    service.name(),
                    service.type(),
                    service.service.text("/spec/clusterIP", ""),
                    service.externalAddress(),
                    service.ports().stream().map(Port::toString).collect(Collectors.joining(",")),
                    Age.of(service.service.time("/metadata/creationTimestamp"), now),
                    service.selector().map(LabelSelector::toString).orElse(""));
        }
        return table;
    }

    private String externalAddress() {
        if (external()) {
            return service.text("/spec/externalName", "");
        }
        return service.items("/status/loadBalancer/ingress").stream()
                .map(ingress -> ingress.text("/ip", ingress.text("/hostname", "")))
                .collect(Collectors.joining(","));
    }
}
