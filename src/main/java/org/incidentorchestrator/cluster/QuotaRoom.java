package org.incidentorchestrator.cluster;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterReader.Query;

/**
 * What the quotas of a namespace still allow. A change of a workload that exceeds them is taken by the API server all the
 * same: its pods are then not made, and only an event of the replica set says so.
 */
public record QuotaRoom(List<KubernetesObject> quotas) {
    /** Quotas that count only other pods than those of a service. */
    private static final Set<String> OTHERS = Set.of("BestEffort", "Terminating");

    public static QuotaRoom in(String namespace, ClusterReader cluster) {
        return new QuotaRoom(cluster.list(ResourceType.QUOTAS, Query.in(namespace)).stream()
                .filter(QuotaRoom::countsServices)
                .toList());
    }

    /** Those for the pods of one priority class are left out: which pods they count, the template does not say. */
    private static boolean countsServices(KubernetesObject quota) {
        return quota.items("/spec/scopes").stream().noneMatch(scope -> OTHERS.contains(scope.text("", "")))
                && !quota.at("/spec/scopeSelector").exists();
    }

    /** What a number of pods takes of a quota, by the quota's own names. @param pod a template's pod spec */
    public static Amounts of(KubernetesObject pod, int count) {
        Map<String, Quantity> amounts = new HashMap<>();
        Amounts requests = PodRequests.of(pod);
        Amounts limits = PodRequests.limits(pod);
        Stream.of(Amounts.CPU, Amounts.MEMORY).forEach(name -> {
            Quantity requested = times(requests.amount(name), count);
            amounts.put(name, requested);
            amounts.put("requests." + name, requested);
            amounts.put("limits." + name, times(limits.amount(name), count));
        });
        Stream.of("pods", "count/pods").forEach(name -> amounts.put(name, times(BigDecimal.ONE, count)));
        return new Amounts(amounts);
    }

    private static Quantity times(BigDecimal amount, int count) {
        return new Quantity(amount.multiply(BigDecimal.valueOf(count)));
    }

    /** The first that does not fit, in words; empty when all fits. */
    public Optional<String> refusal(Amounts more) {
        return quotas.stream().flatMap(quota -> refusals(quota, more)).findFirst();
    }

    private static Stream<String> refusals(KubernetesObject quota, Amounts more) {
        Amounts hard = Amounts.of(quota, "/status/hard");
        Amounts free = hard.minus(Amounts.of(quota, "/status/used"));
        return hard.byName().keySet().stream()
                .filter(name -> more.amount(name).signum() > 0)
                .filter(name -> more.amount(name).compareTo(free.amount(name)) > 0)
                .map(name -> "ResourceQuota %s has %s of %s left, and %s more are needed"
                        .formatted(
                                quota.name(),
                                Amounts.text(name, free.amount(name).max(BigDecimal.ZERO)),
                                name,
                                Amounts.text(name, more.amount(name))));
    }
}
