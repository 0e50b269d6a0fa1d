package org.incidentorchestrator.step.verb.capacity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.incidentorchestrator.incident.Target;

/** The metrics that the runbook judges a service by, and what it calls normal. */
enum KeyMetric {
    REQUEST_RATE("request rate", "req/s", KeyMetricsSettings::requestRate, KeyMetricsSettings::normalRequestRate),
    ERROR_PERCENT("error rate", "%", KeyMetricsSettings::errorPercent, KeyMetricsSettings::normalErrorPercent),
    P95_MILLIS("P95 latency", "ms", KeyMetricsSettings::p95Millis, KeyMetricsSettings::normalP95Millis),
    CPU_PERCENT("CPU of the limit", "%", KeyMetricsSettings::cpuPercent, KeyMetricsSettings::normalCpuPercent),
    MEMORY_PERCENT(
            "memory of the limit", "%", KeyMetricsSettings::memoryPercent, KeyMetricsSettings::normalMemoryPercent);

    /** What Kubernetes makes generated names of. */
    private static final String LETTERS = "[bcdfghjklmnpqrstvwxz2456789]";

    private final String title;
    private final String unit;
    private final Function<KeyMetricsSettings, String> expression;
    private final ToDoubleFunction<KeyMetricsSettings> bound;

    KeyMetric(
            String title,
            String unit,
            Function<KeyMetricsSettings, String> expression,
            ToDoubleFunction<KeyMetricsSettings> bound) {
        this.title = title;
        this.unit = unit;
        this.expression = expression;
        this.bound = bound;
    }

    static List<KeyMetric> all() {
        return Arrays.asList(values());
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
    }

    double bound(KeyMetricsSettings settings) {
        return bound.applyAsDouble(settings);
    }

    boolean normal(double value, KeyMetricsSettings settings) {
        return this == REQUEST_RATE ? value > bound(settings) : value < bound(settings);
    }

    String expression(Target workload, KeyMetricsSettings settings) {
        return expression
                .apply(settings)
                .replace("$namespace", workload.namespace())
                .replace("$workload", workload.name())
                .replace("$pods", pods(workload));
    }

    /**
     * A pod's name is its workload's and what the controller adds. Those letters have no vowels, which keeps the pods of
     * {@code gateway-worker} apart from those of {@code gateway}. Of the signs in names only the dot means anything else.
     */
    private static String pods(Target workload) {
        String added =
                switch (workload.kind()) {
                    case "StatefulSet" -> "[0-9]+";
                    case "Deployment" -> LETTERS + "{1,10}-" + LETTERS + "{5}";
                    default -> LETTERS + "{5}";
                };
        return workload.name().replace(".", "\\\\.") + "-" + added;
    }
}
