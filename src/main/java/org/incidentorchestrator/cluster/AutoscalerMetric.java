package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Optional;

/**
 * One metric that an autoscaler goes by (autoscaling/v2).
 *
 * @param name {@code cpu}, or the metric's own name
 * @param current as it was measured last, {@code <unknown>} where it was not
 * @param target what it is held at
 * @param ratio current to target; empty while it is not measured: unknown is not zero
 */
public record AutoscalerMetric(String name, String current, String target, Optional<Double> ratio) {
    private static final String UNKNOWN = "<unknown>";
    /** The ways to give a target, with what stands behind the number. */
    private static final List<String> WAYS = List.of("averageUtilization", "averageValue", "value");

    static AutoscalerMetric of(KubernetesObject spec, List<KubernetesObject> measured) {
        String type = spec.text("/type", "");
        String field = "/" + Character.toLowerCase((type + "-").charAt(0)) + type.substring(Math.min(1, type.length()));
        KubernetesObject source = spec.at(field);
        KubernetesObject current = measured.stream()
                .filter(one -> one.text("/type", "").equals(type))
                .map(one -> one.at(field))
                .filter(one -> name(one).equals(name(source)))
                .map(one -> one.at("/current"))
                .findFirst()
                .orElse(source.at("/current"));
        String way = WAYS.stream()
                .filter(one -> source.at("/target/" + one).exists())
                .findFirst()
                .orElse("value");
        String percent = way.equals("averageUtilization") ? "%" : "";
        return new AutoscalerMetric(
                name(source),
                current.text("/" + way).map(value -> value + percent).orElse(UNKNOWN),
                source.text("/target/" + way, "") + percent,
                ratio(current.text("/" + way), source.text("/target/" + way)));
    }

    /** As kubectl shows it, with its name: {@code cpu 93%/80%}. */
    public String text() {
        return name + " " + current + "/" + target;
    }

    /** The name of a container belongs to it: two metrics may differ in that alone. */
    private static String name(KubernetesObject source) {
        String container = source.text("/container").map(one -> " of " + one).orElse("");
        return source.text("/name", source.text("/metric/name", "")) + container;
    }

    private static Optional<Double> ratio(Optional<String> current, Optional<String> target) {
        return current.flatMap(Quantity::parse).flatMap(now -> target.flatMap(Quantity::parse)
                .filter(held -> held.amount().signum() > 0)
                .map(held -> now.amount().doubleValue() / held.amount().doubleValue()));
    }
}
