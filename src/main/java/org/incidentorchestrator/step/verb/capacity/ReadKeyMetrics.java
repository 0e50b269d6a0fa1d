package org.incidentorchestrator.step.verb.capacity;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.probe.Prometheus;
import org.incidentorchestrator.probe.PrometheusAnswer;
import org.incidentorchestrator.probe.PrometheusAnswer.Known;
import org.incidentorchestrator.probe.PrometheusAnswer.Unknown;
import org.incidentorchestrator.probe.PrometheusAnswer.Why;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.LineChart;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the key metrics of a workload from Prometheus over the last minutes, or those before a given time: request rate, error rate, P95 latency, CPU
 * and memory, each with a plot. The numbers are those at the end of the period, of several pods the highest. Each is
 * known by itself; what is not is never zero.
 */
@RunbookLines({"P09", "T04"})
@Component
final class ReadKeyMetrics implements Step<ReadKeyMetrics.Input, ReadKeyMetrics.Output> {
    private static final int LONGEST = 24 * 60;

    private final Reach reach;
    private final KeyMetricsSettings settings;
    private final Prometheus prometheus;

    ReadKeyMetrics(Reach reach, KeyMetricsSettings settings, Prometheus prometheus) {
        this.reach = reach;
        this.settings = settings;
        this.prometheus = prometheus;
    }

    /**
     * @param target the workload; it is not looked for in the cluster
     * @param minutes how far back, 1 to 1440
     * @param until the end of the period: what Prometheus kept of the time before a change; null for now
     */
    record Input(String target, int minutes, @Nullable Instant until) {}

    /**
     * @param metrics how many of the five are known
     * @param verdict {@code normal}: all that are known are, and at least one is; {@code abnormal}; {@code unknown}
     * @param requestRate requests a second, -1 unknown
     * @param errorPercent of them, -1 unknown
     * @param p95Millis -1 unknown
     * @param cpuPercent of the limit, -1 unknown; {@code memoryPercent} likewise
     * @param partial whether Prometheus said that an answer may be partial
     * @param text what is not normal and what is not known, at most 500 characters
     */
    record Output(
            int metrics,
            String verdict,
            boolean requestRateKnown,
            double requestRate,
            boolean errorPercentKnown,
            double errorPercent,
            boolean p95Known,
            double p95Millis,
            boolean cpuKnown,
            double cpuPercent,
            boolean memoryKnown,
            double memoryPercent,
            boolean partial,
            String text) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Target target = checked(in);
        Instant to = end(in, context);
        Duration step = step(in.minutes());
        // Whole steps, so that the last point lies at the end: what ends before it is gone.
        Instant from = to.minus(step.multipliedBy((in.minutes() * 60L + step.toSeconds() - 1) / step.toSeconds()));
        Map<KeyMetric, PrometheusAnswer> answers = ask(target, from, to, step);
        Output output = output(Reading.of(answers, to, settings));
        Plan<Output> plan = Plan.look(
                Line.of(
                        "Key metrics of %s over %d min%s: %s"
                                .formatted(target, in.minutes(), in.until() == null ? "" : " until " + to, output.text),
                        Line.MODEL),
                output);
        for (KeyMetric metric : KeyMetric.all()) {
            String line = prometheus.line(from, to, step, metric.expression(target, settings));
            plan = plan.kubectl(line);
            if (answers.get(metric) instanceof Known known) {
                plan = plan.keeping(chart(metric, target, known).artefact(target.name() + "-" + metric.file(), line));
            }
        }
        return plan;
    }

    private static Instant end(Input in, StepContext context) {
        Instant now = context.plannedAt();
        return (in.until() == null || in.until().isAfter(now) ? now : in.until()).truncatedTo(ChronoUnit.SECONDS);
    }

    private Target checked(Input in) {
        Target target = reach.target(in.target());
        if (in.minutes() < 1 || in.minutes() > LONGEST) {
            throw StepFailure.refused(
                    "badPeriod",
                    "Nothing was asked: a period of %d minutes was asked for.".formatted(in.minutes()),
                    "Name 1 to %d minutes.".formatted(LONGEST));
        }
        return target;
    }

    private Duration step(int minutes) {
        return Duration.ofSeconds(Math.max(settings.finestStep().toSeconds(), minutes * 60L / settings.mostPoints()));
    }

    /** One that did not answer the first question is not asked the others: each may take its whole time. */
    private Map<KeyMetric, PrometheusAnswer> ask(Target target, Instant from, Instant to, Duration step) {
        Map<KeyMetric, PrometheusAnswer> answers = new EnumMap<>(KeyMetric.class);
        PrometheusAnswer away = null;
        for (KeyMetric metric : KeyMetric.all()) {
            PrometheusAnswer answer =
                    away != null ? away : prometheus.between(from, to, step, metric.expression(target, settings));
            answers.put(metric, answer);
            if (answer instanceof Unknown unknown
                    && (unknown.why() == Why.UNREACHABLE || unknown.why() == Why.NOT_CONFIGURED)) {
                away = answer;
            }
        }
        return answers;
    }

    private static Output output(Reading reading) {
        return new Output(
                reading.values().size(),
                reading.verdict(),
                reading.knows(KeyMetric.REQUEST_RATE),
                reading.value(KeyMetric.REQUEST_RATE),
                reading.knows(KeyMetric.ERROR_PERCENT),
                reading.value(KeyMetric.ERROR_PERCENT),
                reading.knows(KeyMetric.P95_MILLIS),
                reading.value(KeyMetric.P95_MILLIS),
                reading.knows(KeyMetric.CPU_PERCENT),
                reading.value(KeyMetric.CPU_PERCENT),
                reading.knows(KeyMetric.MEMORY_PERCENT),
                reading.value(KeyMetric.MEMORY_PERCENT),
                reading.partial(),
                Line.of(reading.text(), Line.MODEL));
    }

    private LineChart chart(KeyMetric metric, Target target, Known known) {
        List<LineChart.Series> lines = known.series().stream()
                .map(series -> new LineChart.Series(
                        series.labels().getOrDefault("pod", metric.title()),
                        series.points().stream()
                                .map(point -> new LineChart.Point(point.at(), point.value()))
                                .toList()))
                .toList();
        return new LineChart(
                target.name() + ": " + metric.title(),
                metric.unit(),
                lines,
                List.of(new LineChart.Mark("normal", metric.bound(settings))));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
