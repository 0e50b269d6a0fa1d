package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bad it is by the key metrics (runbook T01–T04): every interval, every bound from both sides, every gap. */
class AlertSeverityTest {
    private static final DecisionTable TABLE = DecisionTable.of("alert-severity");
    private static final List<String> METRICS =
            List.of("errorPercent", "p95Millis", "cpuPercent", "memoryPercent", "requestRate");

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "errorPercent, 0, normal",
        "errorPercent, 0.999999, normal",
        "errorPercent, 1, info",
        "errorPercent, 1.000001, info",
        "errorPercent, 1.999999, info",
        "errorPercent, 2, info",
        "errorPercent, 2.000001, warning",
        "errorPercent, 4.999999, warning",
        "errorPercent, 5, warning",
        "errorPercent, 5.000001, critical",
        "errorPercent, 100, critical",
        "p95Millis, 0, normal",
        "p95Millis, 499.999, normal",
        "p95Millis, 500, warning",
        "p95Millis, 500.001, warning",
        "p95Millis, 1999.999, warning",
        "p95Millis, 2000, warning",
        "p95Millis, 2000.001, critical",
        "cpuPercent, 0, normal",
        "cpuPercent, 69.999, normal",
        "cpuPercent, 70, info",
        "cpuPercent, 70.001, info",
        "cpuPercent, 80, info",
        "cpuPercent, 80.001, warning",
        "cpuPercent, 250, warning",
        "memoryPercent, 0, normal",
        "memoryPercent, 79.999, normal",
        "memoryPercent, 80, info",
        "memoryPercent, 80.001, info",
        "memoryPercent, 85, info",
        "memoryPercent, 85.001, warning",
        "memoryPercent, 100, warning",
        "requestRate, 0, info",
        "requestRate, 99.999, info",
        "requestRate, 100, info",
        "requestRate, 100.001, normal",
    })
    void one_metric_of_a_service_that_is_well_otherwise(String metric, double value, String severity) {
        assertThat(severity(with(metric, value))).isEqualTo(severity);
    }

    @Test
    void a_service_that_is_down_is_critical_whatever_else_is_known() {
        assertThat(severity(with("down", true))).isEqualTo("critical");
        assertThat(severity(DecisionTable.inputs("down", true))).isEqualTo("critical");
        assertThat(severity(DecisionTable.inputs("down", true, "event", "deployment")))
                .isEqualTo("critical");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "scaling"})
    void a_deployment_or_a_scaling_is_info_also_where_nothing_is_measured(String event) {
        assertThat(severity(DecisionTable.inputs("event", event))).isEqualTo("info");
        assertThat(severity(with("event", event))).isEqualTo("info");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "scaling"})
    void a_deployment_that_breaks_something_is_as_bad_as_what_it_breaks(String event) {
        assertThat(severity(DecisionTable.inputs("event", event, "errorPercent", 5.1)))
                .isEqualTo("critical");
        assertThat(severity(DecisionTable.inputs("event", event, "cpuPercent", 80.1)))
                .isEqualTo("warning");
    }

    @Test
    void an_event_that_the_runbook_does_not_name_says_nothing() {
        assertThat(severity(DecisionTable.inputs("event", "backup"))).isEqualTo("unknown");
    }

    /** Unknown is not zero: it is never normal and never harmless. */
    @Test
    void what_is_unknown_makes_nothing_normal_and_nothing_elevated() {
        for (String metric : METRICS) {
            for (Object unknown : Arrays.asList(null, -1.0, Double.NaN, -0.000001)) {
                assertThat(severity(with(metric, unknown)))
                        .as("all is well, %s is %s", metric, unknown)
                        .isEqualTo("unknown");
            }
        }
        assertThat(severity(with("down", null))).isEqualTo("unknown");
        assertThat(severity(Map.of())).isEqualTo("unknown");
    }

    @Test
    void what_is_known_to_be_bad_stands_whatever_is_unknown() {
        assertThat(severity(DecisionTable.inputs("errorPercent", 5.1))).isEqualTo("critical");
        assertThat(severity(DecisionTable.inputs("p95Millis", 2001.0))).isEqualTo("critical");
        assertThat(severity(DecisionTable.inputs("errorPercent", 2.1))).isEqualTo("warning");
        assertThat(severity(DecisionTable.inputs("p95Millis", 500.0))).isEqualTo("warning");
        assertThat(severity(DecisionTable.inputs("cpuPercent", 80.1))).isEqualTo("warning");
        assertThat(severity(DecisionTable.inputs("memoryPercent", 85.1))).isEqualTo("warning");
    }

    /** Every combination of the intervals; each metric is judged by itself, and the worst decides. */
    @Test
    void the_worst_of_all_decides_and_no_input_is_without_an_answer() {
        int walked = 0;
        for (Map<String, Object> inputs : product()) {
            assertThat(severity(inputs)).as("%s", inputs).isEqualTo(worst(inputs));
            walked++;
        }
        assertThat(walked).isEqualTo(3 * 7 * 4 * 5 * 5 * 3 * 2);
    }

    @Test
    void every_word_but_normal_is_a_severity() {
        assertThat(List.of("critical", "warning", "info", "unknown"))
                .allSatisfy(word -> assertThat(Severity.of(word).name()).isEqualToIgnoringCase(word));
    }

    private static List<Map<String, Object>> product() {
        List<Map<String, Object>> all = List.of(Map.of());
        all = times(all, "down", true, false, null);
        all = times(all, "errorPercent", null, 0.5, 1.0, 2.0, 2.1, 5.0, 5.1);
        all = times(all, "p95Millis", null, 499.0, 500.0, 2000.1);
        all = times(all, "cpuPercent", null, 69.0, 70.0, 80.0, 80.1);
        all = times(all, "memoryPercent", null, 79.0, 80.0, 85.0, 85.1);
        all = times(all, "requestRate", null, 100.0, 100.1);
        return times(all, "event", null, "deployment");
    }

    private static List<Map<String, Object>> times(List<Map<String, Object>> all, String name, Object... values) {
        return all.stream()
                .flatMap(one -> Arrays.stream(values).map(value -> {
                    Map<String, Object> more = new HashMap<>(one);
                    more.put(name, value);
                    return more;
                }))
                .toList();
    }

    private static String worst(Map<String, Object> inputs) {
        List<String> all = List.of(
                down(inputs.get("down")),
                above(inputs.get("errorPercent"), 1, 2, 5),
                latency(inputs.get("p95Millis")),
                above(inputs.get("cpuPercent"), 70, 80, Double.MAX_VALUE),
                above(inputs.get("memoryPercent"), 80, 85, Double.MAX_VALUE),
                rate(inputs.get("requestRate")));
        Stream<String> worstFirst = inputs.get("event") == null
                ? Stream.of("critical", "warning", "unknown", "info")
                : Stream.of("critical", "warning");
        return worstFirst.filter(all::contains).findFirst().orElse(inputs.get("event") == null ? "normal" : "info");
    }

    private static String down(Object value) {
        return value == null ? "unknown" : Boolean.TRUE.equals(value) ? "critical" : "normal";
    }

    private static String above(Object value, double normal, double warning, double critical) {
        if (!(value instanceof Double number)) {
            return "unknown";
        }
        return number > critical ? "critical" : number > warning ? "warning" : number < normal ? "normal" : "info";
    }

    private static String latency(Object value) {
        if (!(value instanceof Double number)) {
            return "unknown";
        }
        return number > 2000 ? "critical" : number >= 500 ? "warning" : "normal";
    }

    private static String rate(Object value) {
        return value == null ? "unknown" : (double) value > 100 ? "normal" : "info";
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> well = DecisionTable.inputs(
                "down", false,
                "errorPercent", 0.1,
                "p95Millis", 120.0,
                "cpuPercent", 40.0,
                "memoryPercent", 50.0,
                "requestRate", 250.0,
                "event", null);
        well.put(name, value);
        return well;
    }

    /** The keys that are absent are null: the engine refuses an expression over a name that it does not know. */
    private static String severity(Map<String, Object> inputs) {
        Map<String, Object> all = new HashMap<>(inputs);
        METRICS.forEach(metric -> all.putIfAbsent(metric, null));
        all.putIfAbsent("down", null);
        all.putIfAbsent("event", null);
        return TABLE.decide(all);
    }
}
