package org.incidentorchestrator.step.verb.workload;

import java.util.Locale;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;

/** The HTTP readiness probe that a container declares: the question that its own kubelet asks. */
record HealthProbe(String scheme, int port, String path) {

    /** The first one that a container of the pod declares; empty when none does, and then nothing is asked. */
    static Optional<HealthProbe> of(KubernetesObject pod) {
        return pod.items("/spec/containers").stream()
                .filter(container -> container.at("/readinessProbe/httpGet").exists())
                .findFirst()
                .map(container -> of(container, container.at("/readinessProbe/httpGet")));
    }

    private static HealthProbe of(KubernetesObject container, KubernetesObject get) {
        return new HealthProbe(
                get.text("/scheme", "HTTP").toLowerCase(Locale.ROOT), port(container, get), get.text("/path", "/"));
    }

    /** A port may be named, and the name is one of the container's own ports. */
    private static int port(KubernetesObject container, KubernetesObject get) {
        return get.number("/port").orElseGet(() -> container.items("/ports").stream()
                .filter(port -> port.text("/name", "").equals(get.text("/port", "")))
                .findFirst()
                .map(port -> port.number("/containerPort", 0))
                .orElse(0));
    }

    HttpQuery of(PodView pod) {
        return new HttpQuery(pod.pod().namespace(), pod.name(), scheme, port, path.startsWith("/") ? path : "/" + path);
    }
}
