package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.function.Function;

/**
 * What a pod asks of a node, by the scheduler's rule: the containers and the sidecars together, or what an init container
 * takes beside the sidecars that began before it, whichever is more; and the overhead of its runtime class. What the pod
 * as a whole says of itself ({@code spec.resources}) counts instead of the sum. Who says a limit and no request asks for
 * the limit: the API server writes that into pods, and not into the templates that they are made from.
 */
public final class PodRequests {
    private static final String LIMITS = "/resources/limits";

    private PodRequests() {}

    /** @param spec of a pod, or of a template's pod */
    public static Amounts of(KubernetesObject spec) {
        Amounts sidecars = Amounts.NONE;
        Amounts starting = Amounts.NONE;
        for (KubernetesObject container : spec.items("/initContainers")) {
            Amounts own = said(container);
            if (sidecar(container)) {
                sidecars = sidecars.plus(own);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.plus(own));
            }
        }
        Amounts running = sum(spec.items("/containers"), PodRequests::said).plus(sidecars);
        return running.max(starting).with(said(spec)).plus(Amounts.of(spec, "/overhead"));
    }

    /** What a container asks for, or a pod as a whole. */
    static Amounts said(KubernetesObject of) {
        return Amounts.of(of, LIMITS).with(Amounts.of(of, "/resources/requests"));
    }

    /**
     * The sum of the limits of what runs, as a quota counts them; a container that has none counts nothing.
     *
     * @param spec of a pod, or of a template's pod
     */
    public static Amounts limits(KubernetesObject spec) {
        List<KubernetesObject> sidecars = spec.items("/initContainers").stream()
                .filter(PodRequests::sidecar)
                .toList();
        return sum(spec.items("/containers"), PodRequests::limit)
                .plus(sum(sidecars, PodRequests::limit))
                .with(limit(spec));
    }

    private static boolean sidecar(KubernetesObject container) {
        return container.text("/restartPolicy", "").equals("Always");
    }

    private static Amounts limit(KubernetesObject of) {
        return Amounts.of(of, LIMITS);
    }

    private static Amounts sum(List<KubernetesObject> containers, Function<KubernetesObject, Amounts> of) {
        return containers.stream().map(of).reduce(Amounts.NONE, Amounts::plus);
    }
}
