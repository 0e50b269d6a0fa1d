package org.incidentorchestrator.step.verb.certificate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.KubernetesObject;

/**
 * Where a certificate is served: by an ingress that names its secret, else by a service of the pods that use it, on the
 * port that speaks TLS by its name or number. A service that names neither is asked on none: a guess would find another
 * server.
 *
 * @param host empty when it is not known
 * @param port 0 when it is not known
 */
record ServingPlace(String host, int port) {
    private static final ServingPlace UNKNOWN = new ServingPlace("", 0);
    private static final int HTTPS = 443;
    private static final int HTTPS_OF_PODS = 8443;

    /** @param ingresses that serve the secret; @param uses the workloads that use it; @param services of the namespace */
    static ServingPlace of(
            String secret, List<KubernetesObject> ingresses, List<SecretUse> uses, List<KubernetesObject> services) {
        return Stream.concat(
                        ingresses.stream().flatMap(ingress -> byIngress(ingress, secret).stream()),
                        services.stream()
                                .filter(service -> uses.stream().anyMatch(use -> selects(service, use)))
                                .flatMap(service -> byService(service).stream()))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static Optional<ServingPlace> byIngress(KubernetesObject ingress, String secret) {
        return ingress.items("/spec/tls").stream()
                .filter(tls -> tls.text("/secretName", "").equals(secret))
                .flatMap(tls -> tls.toJson().path("hosts").valueStream())
                .map(host -> host.asText())
                .filter(host -> !host.startsWith("*"))
                .findFirst()
                .map(host -> new ServingPlace(host, HTTPS));
    }

    private static boolean selects(KubernetesObject service, SecretUse use) {
        var selector = service.toJson().at("/spec/selector");
        var labels = use.workload().toJson().at("/spec/template/metadata/labels");
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(wanted -> labels.path(wanted.getKey()).equals(wanted.getValue()));
    }

    private static Optional<ServingPlace> byService(KubernetesObject service) {
        return service.items("/spec/ports").stream()
                .map(port -> port.toJson())
                .filter(port -> port.path("name").asText().startsWith("https")
                        || port.path("port").asInt() == HTTPS
                        || port.path("port").asInt() == HTTPS_OF_PODS)
                .map(port -> port.path("port").asInt())
                .min(Comparator.naturalOrder())
                .map(port -> new ServingPlace(service.name() + "." + service.namespace() + ".svc", port));
    }
}
