package org.incidentorchestrator.step.verb.capacity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.incidentorchestrator.probe.PrometheusAnswer;
import org.incidentorchestrator.probe.PrometheusAnswer.Known;
import org.incidentorchestrator.probe.PrometheusAnswer.Unknown;
import org.incidentorchestrator.step.verb.LineChart;

/**
 * The key metrics at one moment.
 *
 * @param values of those that are known
 * @param abnormal those of them that are not normal, in words
 */
record Reading(Map<KeyMetric, PrometheusAnswer> answers, Map<KeyMetric, Double> values, List<String> abnormal) {
    /** @param since from when a number is one of the present */
    static Reading of(Map<KeyMetric, PrometheusAnswer> answers, Instant since, KeyMetricsSettings settings) {
        Map<KeyMetric, Double> values = new EnumMap<>(KeyMetric.class);
        answers.forEach((metric, answer) -> last(answer, since).ifPresent(value -> values.put(metric, rounded(value))));
        List<String> abnormal = values.entrySet().stream()
                .filter(each -> !each.getKey().normal(each.getValue(), settings))
                .map(each -> each.getKey().title() + " "
                        + LineChart.number(each.getValue(), each.getKey().unit()))
                .toList();
        return new Reading(answers, Collections.unmodifiableMap(values), abnormal);
    }

    private static OptionalDouble last(PrometheusAnswer answer, Instant since) {
        return answer instanceof Known known ? known.highest(since) : OptionalDouble.empty();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    boolean knows(KeyMetric metric) {
        return values.containsKey(metric);
    }

    /** -1 where it is unknown. */
    double value(KeyMetric metric) {
        return values.getOrDefault(metric, -1.0);
    }

    String verdict() {
        return values.isEmpty() ? "unknown" : abnormal.isEmpty() ? "normal" : "abnormal";
    }

    /** Whether Prometheus said of any answer that it may be partial. */
    boolean partial() {
        return answers.values().stream()
                .anyMatch(answer ->
                        answer instanceof Known known && !known.warnings().isEmpty());
    }

    String text() {
        List<String> parts = new ArrayList<>();
        if (!values.isEmpty()) {
            parts.add(abnormal.isEmpty() ? "what is known is normal" : "not normal: " + String.join(", ", abnormal));
        }
        // The same reason for several is said once.
        answers.entrySet().stream()
                .filter(each -> !knows(each.getKey()))
                .collect(Collectors.groupingBy(
                        each -> why(each.getValue()),
                        LinkedHashMap::new,
                        Collectors.mapping(each -> each.getKey().title(), Collectors.joining(", "))))
                .forEach((why, titles) -> parts.add("unknown: " + titles + " (" + why + ")"));
        if (partial()) {
            parts.add("Prometheus says that an answer may be partial");
        }
        return String.join("; ", parts);
    }

    private static String why(PrometheusAnswer answer) {
        return answer instanceof Unknown unknown ? unknown.text() : "no number at the end of the period";
    }
}
