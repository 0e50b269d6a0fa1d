package org.incidentorchestrator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A label selector as a value: never a string put together from what an alert said. */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** Of a workload's {@code spec.selector}, or of a service's plain map. */
    public static LabelSelector of(KubernetesObject selector) {
        List<Requirement> all = new ArrayList<>();
        boolean plain = !selector.at("/matchLabels").exists()
                && !selector.at("/matchExpressions").exists();
        all.addAll(equalTo(selector.map(plain ? "" : "/matchLabels")).requirements);
        selector.items("/matchExpressions").forEach(expression -> all.add(requirement(expression)));
        return new LabelSelector(all);
    }

    static Requirement requirement(KubernetesObject expression) {
        Set<String> values = expression.items("/values").stream()
                .map(value -> value.text("", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Requirement(expression.text("/key", ""), Operator.named(expression.text("/operator", "")), values);
    }

    public static LabelSelector equalTo(Map<String, String> labels) {
        return new LabelSelector(new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> new Requirement(label.getKey(), Operator.IN, Set.of(label.getValue())))
                        .toList());
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    /** As it stands behind {@code -l} and in {@code labelSelector=}; empty selects everything. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }

    public record Requirement(String key, Operator operator, Set<String> values) {
        public Requirement {
            values = java.util.Collections.unmodifiableSet(new TreeSet<>(values));
        }

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }

        @Override
        public String toString() {
            return switch (operator) {
                case IN ->
                    values.size() == 1
                            ? key + "=" + values.iterator().next()
                            : key + " in (" + String.join(",", values) + ")";
                case NOT_IN -> key + " notin (" + String.join(",", values) + ")";
                case EXISTS -> key;
                case DOES_NOT_EXIST -> "!" + key;
            };
        }
    }

    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST;

        static Operator named(String word) {
            return switch (word) {
                case "In" -> IN;
                case "NotIn" -> NOT_IN;
                case "Exists" -> EXISTS;
                case "DoesNotExist" -> DOES_NOT_EXIST;
                default -> throw new IllegalArgumentException("'" + word + "' is not an operator of a label selector");
            };
        }
    }
}
