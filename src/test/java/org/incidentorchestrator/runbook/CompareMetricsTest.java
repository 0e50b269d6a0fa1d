package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a deployment is worse than what was before it (runbook P09): each bound, both its sides, and what is not known. */
class CompareMetricsTest {
    private static final DecisionTable DECISION = DecisionTable.of("compare-metrics");
    private static final List<String> METRICS =
            List.of("errorPercent", "p95Millis", "requestRate", "cpuPercent", "memoryPercent");

    @ParameterizedTest(name = "{0} from {1} to {2}: {3}")
    @CsvSource({
        "errorPercent, 0.5, 1.5, same",
        "errorPercent, 0.5, 1.501, worse",
        "errorPercent, 5, 0, same",
        "errorPercent, 0, 100, worse",
        "p95Millis, 200, 300, same",
        "p95Millis, 200, 301, worse",
        "p95Millis, 10, 100, same",
        "p95Millis, 10, 101, worse",
        "p95Millis, 0, 101, worse",
        "p95Millis, 0, 1, same",
        "p95Millis, 900, 100, same",
        "requestRate, 250, 125, same",
        "requestRate, 250, 124.9, worse",
        "requestRate, 250, 0, worse",
        "requestRate, 250, 9000, same",
        "requestRate, 0, 0, same",
        "requestRate, 1, 0, same",
        "requestRate, 1.1, 0.5, worse",
        "cpuPercent, 40, 60, same",
        "cpuPercent, 40, 60.1, worse",
        "cpuPercent, 90, 10, same",
        "memoryPercent, 50, 70, same",
        "memoryPercent, 50, 70.1, worse",
        "memoryPercent, 90, 10, same",
    })
    void one_metric_alone(String metric, double before, double now, String compared) {
        Map<String, Object> inputs = alike();
        inputs.put(metric + "Before", before);
        inputs.put(metric, now);
        assertThat(DECISION.<String>decide(inputs)).isEqualTo(compared);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errorPercent",
                "errorPercentBefore",
                "p95Millis",
                "p95MillisBefore",
                "requestRate",
                "requestRateBefore",
                "cpuPercent",
                "cpuPercentBefore",
                "memoryPercent",
                "memoryPercentBefore"
            })
    void what_is_not_known_of_one_is_not_known_of_all(String unknown) {
        Map<String, Object> inputs = alike();
        inputs.put(unknown, null);
        assertThat(DECISION.<String>decide(inputs)).isEqualTo("unknown");
    }

    @Test
    void one_that_is_worse_is_worse_whatever_else_is_not_known() {
        for (String worse : METRICS) {
            Map<String, Object> inputs = new HashMap<>();
            METRICS.forEach(metric -> {
                inputs.put(metric, null);
                inputs.put(metric + "Before", null);
            });
            inputs.put(worse + "Before", worse.equals("requestRate") ? 5000.0 : 1.0);
            inputs.put(worse, worse.equals("requestRate") ? 1.0 : 5000.0);
            assertThat(DECISION.<String>decide(inputs)).as(worse).isEqualTo("worse");
        }
    }

    @Test
    void nothing_known_at_all_is_unknown() {
        Map<String, Object> inputs = new HashMap<>();
        METRICS.forEach(metric -> {
            inputs.put(metric, null);
            inputs.put(metric + "Before", null);
        });
        assertThat(DECISION.<String>decide(inputs)).isEqualTo("unknown");
    }

    private static Map<String, Object> alike() {
        Map<String, Object> inputs = new HashMap<>();
        METRICS.forEach(metric -> {
            inputs.put(metric, 50.0);
            inputs.put(metric + "Before", 50.0);
        });
        return inputs;
    }
}
