package org.incidentorchestrator.step.verb.workload;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodRequests;
import org.incidentorchestrator.cluster.Quantity;
import org.incidentorchestrator.cluster.QuotaRoom;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;

/**
 * What a namespace has against a higher limit. The API server takes it of a workload all the same, and then refuses each
 * of its pods.
 */
final class MemoryRoom {
    private MemoryRoom() {}

    /** @return what is against it, in words; empty when nothing is */
    static Optional<String> refusal(MemoryOfContainer memory, String limit, ClusterReader cluster) {
        String namespace = memory.workload().target().namespace();
        KubernetesObject pod = memory.podWith(limit);
        List<KubernetesObject> ranges = cluster.list(ResourceType.LIMIT_RANGES, Query.in(namespace));
        return ranges.stream()
                .flatMap(range -> range.items("/spec/limits").stream()
                        .flatMap(rule -> rule(rule, memory, limit, pod).stream())
                        .map(why -> "LimitRange " + range.name() + " " + why))
                .findFirst()
                .or(() -> QuotaRoom.in(namespace, cluster).refusal(more(memory, pod)));
    }

    private static Optional<String> rule(
            KubernetesObject rule, MemoryOfContainer memory, String limit, KubernetesObject pod) {
        String type = rule.text("/type", "");
        BigDecimal wanted =
                switch (type) {
                    case "Container" ->
                        Quantity.parse(limit).map(Quantity::amount).orElse(BigDecimal.ZERO);
                    case "Pod" -> PodRequests.limits(pod).amount(Amounts.MEMORY);
                    default -> BigDecimal.ZERO;
                };
        return Stream.of(
                        quantity(rule, "/max/memory")
                                .filter(max -> wanted.compareTo(max) > 0)
                                .map(max -> "allows a %s at most %s of memory"
                                        .formatted(type.toLowerCase(Locale.ROOT), rule.text("/max/memory", ""))),
                        quantity(rule, "/maxLimitRequestRatio/memory")
                                .filter(ratio -> type.equals("Container"))
                                .filter(ratio -> above(wanted, memory, ratio))
                                .map(ratio -> "allows a limit of at most %s times the request of %s"
                                        .formatted(
                                                ratio.toPlainString(),
                                                memory.request().orElse(""))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A container without a request gets the limit as one. */
    private static boolean above(BigDecimal wanted, MemoryOfContainer memory, BigDecimal ratio) {
        return memory.request()
                .flatMap(Quantity::parse)
                .filter(request -> wanted.compareTo(request.amount().multiply(ratio)) > 0)
                .isPresent();
    }

    private static Optional<BigDecimal> quantity(KubernetesObject rule, String pointer) {
        return rule.text(pointer).flatMap(Quantity::parse).map(Quantity::amount);
    }

    /** When all pods are replaced; and meanwhile, where a new pod has to come before an old one goes. */
    private static Amounts more(MemoryOfContainer memory, KubernetesObject pod) {
        WorkloadView workload = memory.workload();
        KubernetesObject now = workload.template().at("/spec");
        int pods = workload.desired();
        Amounts inTheEnd = QuotaRoom.of(pod, pods).minus(QuotaRoom.of(now, pods));
        return PodReplacement.newPodFirst(workload) ? inTheEnd.max(QuotaRoom.of(pod, 1)) : inTheEnd;
    }
}
