package org.incidentorchestrator.cluster;

import java.util.List;

/**
 * What a pod asks of a node, by the scheduler's rule: the containers and the sidecars together, or what an init container
 * takes beside the sidecars that began before it, whichever is more; and the overhead of its runtime class. What the pod
 * as a whole says of itself ({@code spec.resources}) counts instead of the sum.
 */
public final class PodRequests {
    private static final String REQUESTS = "/resources/requests";

    private PodRequests() {}

    /** @param spec of a pod, or of a template's pod */
    public static Amounts of(KubernetesObject spec) {
        Amounts sidecars = Amounts.NONE;
        Amounts starting = Amounts.NONE;
        for (KubernetesObject container : spec.items("/initContainers")) {
            Amounts own = Amounts.of(container, REQUESTS);
            if (sidecar(container)) {
                sidecars = sidecars.plus(own);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(sidecars.plus(own));
            }
        }
        Amounts running = sum(spec.items("/containers"), REQUESTS).plus(sidecars);
        return running.max(starting).with(Amounts.of(spec, REQUESTS)).plus(Amounts.of(spec, "/overhead"));
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
        String limits = "/resources/limits";
        return sum(spec.items("/containers"), limits)
                .plus(sum(sidecars, limits))
                .with(Amounts.of(spec, limits));
    }

    private static boolean sidecar(KubernetesObject container) {
        return container.text("/restartPolicy", "").equals("Always");
    }

    private static Amounts sum(List<KubernetesObject> containers, String pointer) {
        return containers.stream()
                .map(container -> Amounts.of(container, pointer))
                .reduce(Amounts.NONE, Amounts::plus);
    }
}
