package org.incidentorchestrator.cluster;

import java.util.Locale;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;

/**
 * The HTTP readiness probe that a container declares: the question that its own kubelet asks.
 *
 * @param scheme http or https
 * @param port of the container; 0 where its name is none of the container's ports
 */
public record HealthProbe(String scheme, int port, String path) {

    /** The first one that a container of the pod declares; empty when none does, and then nothing is asked. */
    public static Optional<HealthProbe> of(KubernetesObject pod) {
        return pod.items("/spec/containers").stream()
                .filter(container -> container.at("/readinessProbe/httpGet").exists())
                .findFirst()
                .map(container -> of(container, container.at("/readinessProbe/httpGet")));
    }

    private static HealthProbe of(KubernetesObject container, KubernetesObject get) {
        return new HealthProbe(
                get.text("/scheme", "HTTP").toLowerCase(Locale.ROOT),
                port(container, get),
                rooted(get.text("/path", "/")));
    }

    private static String rooted(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    /** A port may be named, and the name is one of the container's own ports. */
    private static int port(KubernetesObject container, KubernetesObject get) {
        return get.number("/port").orElseGet(() -> container.items("/ports").stream()
                .filter(port -> port.text("/name", "").equals(get.text("/port", "")))
                .findFirst()
                .map(port -> port.number("/containerPort", 0))
                .orElse(0));
    }

    public HttpQuery of(PodView pod) {
        return HttpQuery.ofPod(pod.pod().namespace(), pod.name(), scheme, port, path);
    }
}
