package org.incidentorchestrator.step.verb.capacity;

import java.util.List;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodRequests;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Table;

/**
 * What the pods of a namespace ask for and may take together: a quota shows what it counts, never the one against the
 * other.
 *
 * @param withoutLimits how many containers lack a limit of CPU or of memory: their pods may take more than the sum
 */
record NamespaceDemand(Amounts requests, Amounts limits, int pods, int containers, int withoutLimits) {

    /** @param all pods; those that have ended ask for nothing any more */
    static NamespaceDemand of(List<KubernetesObject> all) {
        List<KubernetesObject> pods =
                all.stream().filter(pod -> !PodView.of(pod).ended()).toList();
        List<KubernetesObject> containers = pods.stream()
                .flatMap(pod -> pod.items("/spec/containers").stream())
                .toList();
        return new NamespaceDemand(
                sum(pods.stream().map(pod -> PodRequests.of(pod.at("/spec"))).toList()),
                sum(pods.stream()
                        .map(pod -> PodRequests.limits(pod.at("/spec")))
                        .toList()),
                pods.size(),
                containers.size(),
                (int) containers.stream().filter(NamespaceDemand::unlimited).count());
    }

    private static boolean unlimited(KubernetesObject container) {
        Amounts limits = Amounts.of(container, "/resources/limits");
        return limits.get(Amounts.CPU).isEmpty() || limits.get(Amounts.MEMORY).isEmpty();
    }

    private static Amounts sum(List<Amounts> amounts) {
        return amounts.stream().reduce(Amounts.NONE, Amounts::plus);
    }

    Table table() {
        Table table = Table.of("RESOURCE", "REQUESTS", "LIMITS");
        List.of(Amounts.CPU, Amounts.MEMORY)
                .forEach(resource -> table.row(
                        resource,
                        Amounts.text(resource, requests.amount(resource)),
                        Amounts.text(resource, limits.amount(resource))));
        return table;
    }
}
