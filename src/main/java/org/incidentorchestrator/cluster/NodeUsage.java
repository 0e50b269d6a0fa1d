package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a node uses of what its pods may have. A node without a sample is unknown, not idle.
 *
 * @param used {@code cpu} and {@code memory}; empty without a sample
 */
public record NodeUsage(NodeView node, Amounts used) {

    /** One for each node. @param samples NodeMetrics, of whatever nodes */
    public static List<NodeUsage> of(List<KubernetesObject> nodes, List<KubernetesObject> samples) {
        return nodes.stream()
                .map(node -> new NodeUsage(
                        new NodeView(node),
                        samples.stream()
                                .filter(sample -> sample.name().equals(node.name()))
                                .map(sample -> Amounts.of(sample, "/usage"))
                                .findFirst()
                                .orElse(Amounts.NONE)))
                .toList();
    }

    public boolean known() {
        return used.get(Amounts.CPU).isPresent() && used.get(Amounts.MEMORY).isPresent();
    }

    public OptionalInt cpuPercent() {
        return percent(Amounts.CPU);
    }

    public OptionalInt memoryPercent() {
        return percent(Amounts.MEMORY);
    }

    private OptionalInt percent(String resource) {
        return used.get(resource).isEmpty() ? OptionalInt.empty() : used.percentOf(node.allocatable(), resource);
    }

    /** Of the fullest node. */
    public static OptionalInt highest(List<NodeUsage> usages, Function<NodeUsage, OptionalInt> percent) {
        return usages.stream().map(percent).flatMapToInt(OptionalInt::stream).max();
    }

    /** What {@code kubectl top nodes} would print of these; its percentages are of what is allocatable, too. */
    public static Table table(List<NodeUsage> usages) {
        Table table = Table.of("NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)");
        usages.forEach(usage -> table.row(
                usage.node.name(),
                amount(usage, Amounts.CPU),
                text(usage.cpuPercent()),
                amount(usage, Amounts.MEMORY),
                text(usage.memoryPercent())));
        return table;
    }

    private static String amount(NodeUsage usage, String resource) {
        return usage.used.get(resource).isPresent() ? usage.used.text(resource) : "<unknown>";
    }

    private static String text(OptionalInt percent) {
        return percent.isPresent() ? percent.getAsInt() + "%" : "<unknown>";
    }
}
