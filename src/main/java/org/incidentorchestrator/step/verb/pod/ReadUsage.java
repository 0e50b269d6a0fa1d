package org.incidentorchestrator.step.verb.pod;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterFailure;
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
import org.springframework.stereotype.Component;

/** Reads what the containers of a workload use of their limits, as {@code kubectl top pods} does. Unknown is not zero: without
 * a metrics API, or without a sample of any container, the answer is "unknown". */
@RunbookLines({"D03", "M01", "C01", "S01", "A02"})
@Component
final class ReadUsage implements Step<ReadUsage.Input, ReadUsage.Output> {

    record Input(String target) {}

    /** @param cpuPercent of the limit, of the container nearest to it; -1 unknown, as is that of one without a limit */
    record Output(boolean usageKnown, int cpuPercent, int memoryPercent) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<KubernetesObject> pods = subject.workloads().pods(subject.workload());
        String line = subject.kubectl().top(subject.target().namespace(), subject.selector());
        List<KubernetesObject> samples;
        try {
            samples = context.cluster()
                    .list(
                            ResourceType.POD_METRICS,
                            Query.in(subject.target().namespace()).selecting(subject.selector()));
        } catch (ClusterFailure failure) {
            return unknown(subject, failure, line);
        }
        return usage(subject, UsageView.of(pods, samples), line);
    }

    /** The workload was read over the same connection: it is the metrics API alone that is absent or ill. */
    private static Plan<Output> unknown(Subject subject, ClusterFailure failure, String line) {
        String why =
                switch (failure.kind()) {
                    case NOT_INSTALLED, NOT_FOUND -> "the cluster has no metrics API";
                    case UNREACHABLE, THROTTLED -> "the metrics API does not answer";
                    default -> throw failure;
                };
        return Plan.look("The usage of %s is unknown: %s".formatted(subject.target(), why), new Output(false, -1, -1))
                .kubectl(line);
    }

    private static Plan<Output> usage(Subject subject, List<UsageView> usages, String line) {
        OptionalInt cpu = UsageView.highest(usages, UsageView::cpuPercent);
        OptionalInt memory = UsageView.highest(usages, UsageView::memoryPercent);
        boolean known = usages.stream().anyMatch(UsageView::known);
        return Plan.look(
                        known
                                ? "%s uses at most %s of its CPU limit and %s of its memory limit"
                                        .formatted(subject.target(), text(cpu), text(memory))
                                : "The usage of %s is unknown: no container has a sample yet"
                                        .formatted(subject.target()),
                        new Output(known, cpu.orElse(-1), memory.orElse(-1)))
                .kubectl(line)
                .keeping(Artefact.text(
                        subject.file("usage.txt"), line, UsageView.table(usages).toString()));
    }

    private static String text(OptionalInt percent) {
        return percent.isPresent() ? percent.getAsInt() + " %" : "an unknown share";
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(Permission.look("metrics.k8s.io", "pods", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
