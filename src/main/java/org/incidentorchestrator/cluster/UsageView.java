package org.incidentorchestrator.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What one container uses of what it asked for, of what it may, and of what its node has. What is not known is empty: a
 * container that crashed, or that is younger than a scrape, has no sample, and that is not zero. One without a limit or a
 * request has no percentage of it.
 *
 * @param namespace of the pod
 * @param used {@code cpu} and {@code memory}; empty without a sample
 * @param node what the node's pods may have; empty where the node is not known
 */
public record UsageView(
        String namespace, String pod, String container, Amounts used, Amounts requests, Amounts limits, Amounts node) {
    private static final BigDecimal MIB = BigDecimal.valueOf(1024L * 1024);
    private static final String UNKNOWN = "<unknown>";

    /** One for each container of these pods. @param samples PodMetrics, of whatever pods */
    public static List<UsageView> of(List<KubernetesObject> pods, List<KubernetesObject> samples) {
        return of(pods, samples, List.of());
    }

    /** @param nodes of the cluster; empty where they may not be listed */
    public static List<UsageView> of(
            List<KubernetesObject> pods, List<KubernetesObject> samples, List<KubernetesObject> nodes) {
        return pods.stream()
                .flatMap(pod -> pod.items("/spec/containers").stream()
                        .map(container -> of(pod, container, used(samples, pod, container), node(nodes, pod))))
                .toList();
    }

    private static UsageView of(KubernetesObject pod, KubernetesObject container, Amounts used, Amounts node) {
        return new UsageView(
                pod.namespace(),
                pod.name(),
                container.text("/name", ""),
                used,
                Amounts.of(container, "/resources/requests"),
                Amounts.of(container, "/resources/limits"),
                node);
    }

    private static Amounts used(List<KubernetesObject> samples, KubernetesObject pod, KubernetesObject container) {
        return samples.stream()
                .filter(sample -> sample.name().equals(pod.name()))
                .filter(sample -> sample.namespace().equals(pod.namespace()))
                .flatMap(sample -> sample.items("/containers").stream())
                .filter(sample -> sample.text("/name", "").equals(container.text("/name", "")))
                .map(sample -> Amounts.of(sample, "/usage"))
                .findFirst()
                .orElse(Amounts.NONE);
    }

    private static Amounts node(List<KubernetesObject> nodes, KubernetesObject pod) {
        return nodes.stream()
                .filter(node -> node.name().equals(pod.text("/spec/nodeName", "")))
                .map(node -> new NodeView(node).allocatable())
                .findFirst()
                .orElse(Amounts.NONE);
    }

    public boolean known() {
        return used.get(Amounts.CPU).isPresent() && used.get(Amounts.MEMORY).isPresent();
    }

    public OptionalInt cpuPercent() {
        return percent(Amounts.CPU, limits);
    }

    public OptionalInt memoryPercent() {
        return percent(Amounts.MEMORY, limits);
    }

    public OptionalInt cpuPercentOfRequest() {
        return percent(Amounts.CPU, requests);
    }

    public OptionalInt memoryPercentOfRequest() {
        return percent(Amounts.MEMORY, requests);
    }

    public OptionalInt cpuPercentOfNode() {
        return percent(Amounts.CPU, node);
    }

    public OptionalInt memoryPercentOfNode() {
        return percent(Amounts.MEMORY, node);
    }

    /** Whether nothing keeps it from taking all of its node's memory. */
    public boolean memoryUnlimited() {
        return limits.get(Amounts.MEMORY).isEmpty();
    }

    /** The container nearest to its limit decides: it is the one that is throttled or killed. */
    public static OptionalInt highest(List<UsageView> usages, Function<UsageView, OptionalInt> percent) {
        return usages.stream().map(percent).flatMapToInt(OptionalInt::stream).max();
    }

    private OptionalInt percent(String resource, Amounts whole) {
        return used.get(resource).isEmpty() ? OptionalInt.empty() : used.percentOf(whole, resource);
    }

    /** What {@code kubectl top pods --containers} would print of these, and the percentages of request, limit and node. */
    public static Table table(List<UsageView> usages) {
        Table table = Table.of(
                "POD",
                "NAME",
                "CPU(cores)",
                "%REQUEST",
                "%LIMIT",
                "%NODE",
                "MEMORY(bytes)",
                "%REQUEST",
                "%LIMIT",
                "%NODE");
        for (UsageView usage : usages) {
            table.row(
                    usage.pod,
                    usage.container,
                    usage.amount(Amounts.CPU, cores -> cores.movePointRight(3), "m"),
                    usage.text(Amounts.CPU, usage.requests, "<no request>"),
                    usage.text(Amounts.CPU, usage.limits, "<no limit>"),
                    usage.text(Amounts.CPU, usage.node, UNKNOWN),
                    usage.amount(Amounts.MEMORY, bytes -> bytes.divide(MIB, 0, RoundingMode.HALF_UP), "Mi"),
                    usage.text(Amounts.MEMORY, usage.requests, "<no request>"),
                    usage.text(Amounts.MEMORY, usage.limits, "<no limit>"),
                    usage.text(Amounts.MEMORY, usage.node, UNKNOWN));
        }
        return table;
    }

    private String amount(String resource, Function<BigDecimal, BigDecimal> scale, String unit) {
        Optional<Quantity> quantity = used.get(resource);
        return quantity.map(known -> scale.apply(known.amount()).setScale(0, RoundingMode.CEILING) + unit)
                .orElse(UNKNOWN);
    }

    private String text(String resource, Amounts whole, String without) {
        OptionalInt percent = percent(resource, whole);
        return percent.isPresent()
                ? percent.getAsInt() + "%"
                : whole.get(resource).isEmpty() ? without : UNKNOWN;
    }
}
