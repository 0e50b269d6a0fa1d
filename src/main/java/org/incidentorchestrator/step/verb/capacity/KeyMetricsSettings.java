package org.incidentorchestrator.step.verb.capacity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the key metrics are asked for in PromQL, and what is normal. In each expression {@code $namespace} and {@code
 * $workload} stand for the workload, and {@code $pods} for a regular expression that matches the names of its pods. The
 * defaults fit kube-prometheus and programs that count {@code http_requests_total} with a label {@code code} or {@code
 * status}. An error rate of 0 is given only where such a label is there: a name that fits nothing is unknown.
 *
 * @param requestRate requests a second, of all its pods
 * @param errorPercent which share of them the server failed, in percent
 * @param p95Millis the 95th percentile of their duration, in milliseconds
 * @param cpuPercent of the limit, for each pod; {@code memoryPercent} likewise
 * @param normalRequestRate more than this is normal, requests a second; for the others less is normal
 * @param mostPoints of one line in its plot
 * @param finestStep between two points, not below the interval in which Prometheus scrapes
 */
@Validated
@ConfigurationProperties("key-metrics")
public record KeyMetricsSettings(
        @NotBlank @DefaultValue(REQUEST_RATE) String requestRate,
        @NotBlank @DefaultValue(ERROR_PERCENT) String errorPercent,
        @NotBlank @DefaultValue(P95_MILLIS) String p95Millis,
        @NotBlank @DefaultValue(CPU_PERCENT) String cpuPercent,
        @NotBlank @DefaultValue(MEMORY_PERCENT) String memoryPercent,
        @DefaultValue("100") double normalRequestRate,
        @DefaultValue("1") double normalErrorPercent,
        @DefaultValue("500") double normalP95Millis,
        @DefaultValue("70") double normalCpuPercent,
        @DefaultValue("80") double normalMemoryPercent,
        @DefaultValue("240") @Min(10) @Max(1000) int mostPoints,
        @NotNull @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(minutes = 10) Duration finestStep) {
    private static final String OF = "namespace=\"$namespace\",pod=~\"$pods\"";

    static final String REQUEST_RATE = "sum(rate(http_requests_total{" + OF + "}[5m]))";

    /** Where neither label is there, nothing is left, and the rate is unknown. */
    static final String ERROR_PERCENT = "100 * (sum(rate(http_requests_total{" + OF + ",code=~\"5..\"}[5m]))"
            + " or sum(rate(http_requests_total{" + OF + ",status=~\"5..\"}[5m]))"
            + " or 0 * sum(rate(http_requests_total{" + OF + ",code=~\".+\"}[5m]))"
            + " or 0 * sum(rate(http_requests_total{" + OF + ",status=~\".+\"}[5m])))"
            + " / sum(rate(http_requests_total{" + OF + "}[5m]))";

    static final String P95_MILLIS = "1000 * histogram_quantile(0.95, sum by (le)"
            + " (rate(http_request_duration_seconds_bucket{" + OF + "}[5m])))";

    static final String CPU_PERCENT = "100 * max by (pod) (sum by (pod, container)"
            + " (rate(container_cpu_usage_seconds_total{" + OF + ",container!=\"\",container!=\"POD\"}[5m]))"
            + " / sum by (pod, container) (kube_pod_container_resource_limits{" + OF + ",resource=\"cpu\"}))";

    static final String MEMORY_PERCENT = "100 * max by (pod) (sum by (pod, container)"
            + " (container_memory_working_set_bytes{" + OF + ",container!=\"\",container!=\"POD\"})"
            + " / sum by (pod, container) (kube_pod_container_resource_limits{" + OF + ",resource=\"memory\"}))";
}
