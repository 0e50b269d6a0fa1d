package org.incidentorchestrator.step.verb.capacity;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.LineChart;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.incidentorchestrator.step.verb.UsageSamples;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes one more sample of what a container uses of memory, and says where that goes: MiB an hour, and the time to the
 * limit. One sample is not "over time": a timer of the model calls it again and again, with the series that it gave the
 * last time. The picture of it is kept. A new pod, or a restart of the container, begins a new series.
 */
@RunbookLines("L01")
@Component
final class SampleMemory implements Step<SampleMemory.Input, SampleMemory.Output> {
    /**
     * @param pod the one to follow; may be null or empty, as it may be gone: then the container of the workload that is
     *     nearest to its memory limit is followed
     * @param series null at first, then as the output gave it
     */
    record Input(String target, @Nullable String pod, @Nullable String series) {}

    /**
     * @param usageKnown whether there is a sample of the container at all
     * @param samples in the series
     * @param seconds that the series spans
     * @param memory MiB that were used last; -1 unknown
     * @param memoryPercent of the limit; -1 unknown, or without a limit
     * @param trend growing, falling, steady, or unknown: fewer than three samples, or less than a minute
     * @param growth MiB an hour; 0 while the trend is unknown
     * @param minutesToLimit if it goes on growing like that; -1 when it does not grow, or without a limit
     * @param beganAnew that a series was given and could not go on: the pod or its container began a new life
     * @param series for the next call; at most 500 characters
     */
    record Output(
            boolean usageKnown,
            int samples,
            int seconds,
            int memory,
            int memoryPercent,
            String trend,
            double growth,
            int minutesToLimit,
            boolean beganAnew,
            String series) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Optional<MemorySeries> before = before(in.series());
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = subject.pods().stream().filter(pod -> !pod.ended()).toList();
        String line = subject.kubectl().top(subject.target().namespace(), subject.selector());
        UsageSamples read = UsageSamples.read(
                context.cluster(),
                ResourceType.POD_METRICS,
                Query.in(subject.target().namespace()).selecting(subject.selector()));
        return Followed.of(before, in.pod(), pods, read.samples())
                .filter(followed -> followed.sample(read.samples()).isPresent())
                .map(followed ->
                        sampled(followed, followed.sample(read.samples()).orElseThrow(), before, line))
                .orElseGet(() -> unknown(subject, read, before, line));
    }

    private static Optional<MemorySeries> before(String series) {
        if (series == null || series.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(MemorySeries.parse(series)
                .orElseThrow(() -> StepFailure.refused(
                        "badSeries",
                        "No sample was taken: '" + Line.of(series, 80) + "' is no series that this step has given.",
                        "Hand on the output 'series' of the call before, or leave the input out to begin anew.")));
    }

    /** What was known stays: the next sample may come. */
    private static Plan<Output> unknown(
            Subject subject, UsageSamples read, Optional<MemorySeries> before, String line) {
        String why = read.answered() ? "no container has a sample" : read.missing();
        MemorySeries kept = before.orElse(new MemorySeries("", "", 0, "", List.of()));
        var output = new Output(
                false,
                kept.samples().size(),
                (int) kept.span().toSeconds(),
                -1,
                -1,
                "unknown",
                0,
                -1,
                false,
                kept.text());
        return Plan.look("The memory of %s is unknown: %s".formatted(subject.target(), why), output)
                .kubectl(line);
    }

    private static Plan<Output> sampled(
            Followed followed, MemorySeries.Sample sample, Optional<MemorySeries> before, String line) {
        MemorySeries series =
                followed.series().isNew(sample) ? followed.series().with(sample) : followed.series();
        OptionalDouble limit = followed.limit();
        Trend trend = Trend.of(series.samples());
        var output = new Output(
                true,
                series.samples().size(),
                (int) series.span().toSeconds(),
                (int) Math.round(series.last().mebibytes()),
                limit.isPresent() ? (int) Math.round(series.last().mebibytes() * 100 / limit.getAsDouble()) : -1,
                trend.word(),
                Math.round(trend.perHour() * 10) / 10.0,
                limit.isPresent() ? trend.minutesTo(limit.getAsDouble()) : -1,
                before.isPresent()
                        && !series.samples()
                                .get(0)
                                .equals(before.get().samples().get(0)),
                series.text());
        return Plan.look(summary(series, output, limit), output)
                .kubectl(line)
                .keeping(chart(series, limit).artefact(series.pod() + "-" + series.container() + "-memory.svg", line));
    }

    private static LineChart chart(MemorySeries series, OptionalDouble limit) {
        return new LineChart(
                "Memory of " + series.pod() + ", container " + series.container(),
                "MiB",
                List.of(new LineChart.Series(
                        series.container(),
                        series.samples().stream()
                                .map(each -> new LineChart.Point(each.at(), each.mebibytes()))
                                .toList())),
                limit.isPresent() ? List.of(new LineChart.Mark("limit", limit.getAsDouble())) : List.of());
    }

    private static String summary(MemorySeries series, Output output, OptionalDouble limit) {
        String used = "Container %s of pod %s uses %d Mi of memory%s"
                .formatted(
                        series.container(),
                        series.pod(),
                        output.memory,
                        limit.isPresent()
                                ? ", %d %% of its limit".formatted(output.memoryPercent)
                                : " and has no limit");
        String over =
                switch (output.trend) {
                    case "unknown" -> "; too few samples to say where it goes";
                    case "steady" -> "; over %d s it is steady".formatted(output.seconds);
                    default ->
                        "; over %d s it is %s, by %s Mi an hour"
                                .formatted(output.seconds, output.trend, Math.abs(output.growth));
                };
        String end = output.minutesToLimit < 0 ? "" : "; the limit is %d minutes away".formatted(output.minutesToLimit);
        return used + over + end + (output.beganAnew ? "; the series began anew" : "");
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(Permission.look("metrics.k8s.io", "pods", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
