package org.incidentorchestrator.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What one container uses of what it may. What is not known is empty: a container that crashed, or that is younger than
 * a scrape, has no sample, and that is not zero. One without a limit has no percentage.
 */
public record UsageView(
        String pod,
        String container,
        Optional<Quantity> cpu,
        Optional<Quantity> cpuLimit,
        Optional<Quantity> memory,
        Optional<Quantity> memoryLimit) {
    private static final BigDecimal MIB = BigDecimal.valueOf(1024L * 1024);

    /** One for each container of these pods. @param samples PodMetrics, of whatever pods */
    public static List<UsageView> of(List<KubernetesObject> pods, List<KubernetesObject> samples) {
        return pods.stream()
                .flatMap(pod -> pod.items("/spec/containers").stream()
                        .map(container -> of(pod.name(), container, sample(samples, pod, container))))
                .toList();
    }

    private static UsageView of(String pod, KubernetesObject container, Optional<KubernetesObject> sample) {
        return new UsageView(
                pod,
                container.text("/name", ""),
                sample.flatMap(of -> quantity(of, "/usage/cpu")),
                quantity(container, "/resources/limits/cpu"),
                sample.flatMap(of -> quantity(of, "/usage/memory")),
                quantity(container, "/resources/limits/memory"));
    }

    private static Optional<KubernetesObject> sample(
            List<KubernetesObject> samples, KubernetesObject pod, KubernetesObject container) {
        return samples.stream()
                .filter(sample -> sample.name().equals(pod.name()))
                .flatMap(sample -> sample.items("/containers").stream())
                .filter(sample -> sample.text("/name", "").equals(container.text("/name", "")))
                .findFirst();
    }

    private static Optional<Quantity> quantity(KubernetesObject object, String pointer) {
        return object.text(pointer).flatMap(Quantity::parse);
    }

    public boolean known() {
        return cpu.isPresent() && memory.isPresent();
    }

    public OptionalInt cpuPercent() {
        return percent(cpu, cpuLimit);
    }

    public OptionalInt memoryPercent() {
        return percent(memory, memoryLimit);
    }

    /** The container nearest to its limit decides: it is the one that is throttled or killed. */
    public static OptionalInt highest(List<UsageView> usages, Function<UsageView, OptionalInt> percent) {
        return usages.stream().map(percent).flatMapToInt(OptionalInt::stream).max();
    }

    private static OptionalInt percent(Optional<Quantity> used, Optional<Quantity> limit) {
        if (used.isEmpty() || limit.isEmpty() || limit.get().amount().signum() <= 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(used.get()
                .amount()
                .movePointRight(2)
                .divide(limit.get().amount(), 0, RoundingMode.HALF_UP)
                .intValue());
    }

    /** What {@code kubectl top pods --containers} would print of these, and the percentages of the limits. */
    public static Table table(List<UsageView> usages) {
        Table table = Table.of("POD", "NAME", "CPU(cores)", "CPU%LIMIT", "MEMORY(bytes)", "MEMORY%LIMIT");
        for (UsageView usage : usages) {
            table.row(
                    usage.pod,
                    usage.container,
                    amount(usage.cpu, cores -> cores.movePointRight(3), "m"),
                    text(usage.cpuPercent()),
                    amount(usage.memory, bytes -> bytes.divide(MIB, 0, RoundingMode.HALF_UP), "Mi"),
                    text(usage.memoryPercent()));
        }
        return table;
    }

    private static String amount(Optional<Quantity> quantity, Function<BigDecimal, BigDecimal> scale, String unit) {
        return quantity.map(known -> scale.apply(known.amount()).setScale(0, RoundingMode.CEILING) + unit)
                .orElse("<unknown>");
    }

    private static String text(OptionalInt percent) {
        return percent.isPresent() ? percent.getAsInt() + "%" : "<unknown>";
    }
}
