package org.incidentorchestrator.step.verb.capacity;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LimitRangeView;
import org.incidentorchestrator.cluster.QuotaView;
import org.incidentorchestrator.cluster.ResourceType;

/** What a namespace may have, what its pods ask for, and which pods it does not get. */
record Allowance(List<QuotaView> quotas, List<LimitRangeView> ranges, NamespaceDemand demand, RefusedPods refused) {

    static Allowance read(ClusterReader cluster, String namespace, Instant now) {
        Query all = Query.in(namespace);
        List<KubernetesObject> sets = cluster.list(ResourceType.REPLICA_SETS, all);
        return new Allowance(
                cluster.list(ResourceType.QUOTAS, all).stream()
                        .map(QuotaView::new)
                        .toList(),
                cluster.list(ResourceType.LIMIT_RANGES, all).stream()
                        .map(LimitRangeView::new)
                        .toList(),
                NamespaceDemand.of(cluster.list(ResourceType.PODS, all)),
                RefusedPods.of(sets, EventView.sorted(cluster.list(ResourceType.EVENTS, all)), now));
    }

    /** The quota that is nearest to one of its bounds; empty without any that was counted. */
    Optional<QuotaView> fullest() {
        return quotas.stream()
                .filter(quota -> quota.fullestPercent().isPresent())
                .max(Comparator.comparingInt(quota -> quota.fullestPercent().getAsInt()));
    }

    /** Whether a pod that says no limits is refused: a quota counts them, and no limit range gives them. */
    boolean limitsDemanded() {
        return Stream.of(Amounts.CPU, Amounts.MEMORY)
                .anyMatch(resource -> quotas.stream().anyMatch(quota -> quota.demandsLimitOf(resource))
                        && ranges.stream().noneMatch(range -> range.givesLimitOf(resource)));
    }

    String report() {
        return "Quotas:\n" + QuotaView.table(quotas).toString().indent(2)
                + "Limit ranges:\n" + LimitRangeView.table(ranges).toString().indent(2)
                + "%d pods with %d containers, %d of them without limits:\n"
                        .formatted(demand.pods(), demand.containers(), demand.withoutLimits())
                + demand.table().toString().indent(2)
                + "Refused: " + refused.text() + "\n";
    }
}
