package org.incidentorchestrator.step.verb.pod;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.UsageView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.incidentorchestrator.step.verb.UsageSamples;
import org.springframework.stereotype.Component;

/**
 * Reads what the containers of a workload use, as {@code kubectl top pods} does, in percent of their limits, of their
 * requests, and of their nodes. Unknown is not zero: without a metrics API, or without a sample of any container, the
 * answer is "unknown". Throttling does not show here.
 */
@RunbookLines({"D03", "M01", "C01", "S01", "A02"})
@Component
final class ReadUsage implements Step<ReadUsage.Input, ReadUsage.Output> {

    record Input(String target) {}

    /**
     * Percentages are of the container that is nearest to the whole; -1 unknown, as is that of one without it.
     *
     * @param cpuPercent of the limit, as is memory's: what alerts mean
     * @param cpuPercentOfNode of what the pods of the node may have, as is memory's; -1 also where nodes may not be listed
     * @param memoryContainer the one that memoryPercent is of; empty where that is unknown
     * @param withoutMemoryLimit how many containers may take all the memory of their node: of these no percentage exists
     */
    record Output(
            boolean usageKnown,
            int cpuPercent,
            int memoryPercent,
            int cpuPercentOfRequest,
            int memoryPercentOfRequest,
            int cpuPercentOfNode,
            int memoryPercentOfNode,
            String memoryContainer,
            int withoutMemoryLimit) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<KubernetesObject> pods = subject.workloads().pods(subject.workload());
        String line = subject.kubectl().top(subject.target().namespace(), subject.selector());
        UsageSamples read = UsageSamples.read(
                context.cluster(),
                ResourceType.POD_METRICS,
                Query.in(subject.target().namespace()).selecting(subject.selector()));
        if (!read.answered()) {
            return Plan.look(
                            "The usage of %s is unknown: %s".formatted(subject.target(), read.missing()),
                            new Output(false, -1, -1, -1, -1, -1, -1, "", unlimited(UsageView.of(pods, List.of()))))
                    .kubectl(line);
        }
        List<UsageView> usages = UsageView.of(pods, read.samples(), UsageSamples.nodes(context.cluster()));
        Output output = output(usages);
        return Plan.look(summary(subject, output), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        subject.file("usage.txt"), line, UsageView.table(usages).toString()));
    }

    private static Output output(List<UsageView> usages) {
        return new Output(
                usages.stream().anyMatch(UsageView::known),
                highest(usages, UsageView::cpuPercent),
                highest(usages, UsageView::memoryPercent),
                highest(usages, UsageView::cpuPercentOfRequest),
                highest(usages, UsageView::memoryPercentOfRequest),
                highest(usages, UsageView::cpuPercentOfNode),
                highest(usages, UsageView::memoryPercentOfNode),
                fullest(usages),
                unlimited(usages));
    }

    private static String fullest(List<UsageView> usages) {
        return usages.stream()
                .filter(usage -> usage.memoryPercent().isPresent())
                .max(Comparator.comparingInt(usage -> usage.memoryPercent().getAsInt()))
                .map(UsageView::container)
                .orElse("");
    }

    private static int highest(List<UsageView> usages, Function<UsageView, OptionalInt> percent) {
        return UsageView.highest(usages, percent).orElse(-1);
    }

    private static int unlimited(List<UsageView> usages) {
        return (int) usages.stream().filter(UsageView::memoryUnlimited).count();
    }

    private static String summary(Subject subject, Output output) {
        if (!output.usageKnown) {
            return "The usage of %s is unknown: no container has a sample yet".formatted(subject.target());
        }
        String used = "%s uses at most %s of its CPU limit and %s of its memory limit"
                .formatted(subject.target(), text(output.cpuPercent), text(output.memoryPercent));
        return output.withoutMemoryLimit == 0
                ? used
                : used + "; %d containers have no memory limit".formatted(output.withoutMemoryLimit);
    }

    private static String text(int percent) {
        return percent < 0 ? "an unknown share" : percent + " %";
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(
                Permission.look("metrics.k8s.io", "pods", "list"), Permission.look("", "nodes", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
