package org.incidentorchestrator.step.verb.capacity;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.UsageView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.incidentorchestrator.step.verb.UsageSamples;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what every container of a namespace uses, or of all that are ours, the fullest first, in percent of its limit, its
 * request and its node. Unknown is not zero: a container without a sample is said to be unknown.
 */
@RunbookLines({"D03", "M01", "C01", "S01", "A02"})
@Component
final class ReadNamespaceUsage implements Step<ReadNamespaceUsage.Input, ReadNamespaceUsage.Output> {
    private final Reach reach;

    ReadNamespaceUsage(Reach reach) {
        this.reach = reach;
    }

    /** @param namespace one of ours; may be null or empty for all of them */
    record Input(@Nullable String namespace) {}

    /**
     * @param cpuPercent of the limit, of the container that is nearest to it; -1 unknown, as is memory's
     * @param fullest the container that is nearest to its memory limit, {@code pod/container}; empty when unknown
     * @param containersUnknown how many containers have no sample
     * @param withoutMemoryLimit how many containers may take all the memory of their node
     */
    record Output(
            boolean usageKnown,
            int cpuPercent,
            int memoryPercent,
            String fullest,
            int containersUnknown,
            int withoutMemoryLimit) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        List<String> namespaces = reach.namespaces(in.namespace());
        List<KubernetesObject> nodes = UsageSamples.nodes(context.cluster());
        List<Reading> readings = namespaces.stream()
                .map(namespace -> Reading.of(context.cluster(), namespace, nodes))
                .toList();
        List<UsageView> usages = readings.stream()
                .flatMap(reading -> reading.usages.stream())
                .sorted(Comparator.comparing(usage -> -usage.memoryPercent().orElse(-1)))
                .toList();
        Output output = output(usages);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        List<String> lines = namespaces.stream()
                .map(namespace -> kubectl.top(namespace, LabelSelector.EVERYTHING))
                .toList();
        Artefact table = Artefact.text(
                "usage.txt", String.join("; ", lines), UsageView.table(usages).toString());
        return new Plan<>(summary(namespaces, readings, output), List.of(), lines, List.of(table), output);
    }

    /** Of one namespace. A metrics API that is absent or ill leaves every container unknown. */
    private record Reading(List<UsageView> usages, String missing) {
        static Reading of(ClusterReader cluster, String namespace, List<KubernetesObject> nodes) {
            Query all = Query.in(namespace);
            List<KubernetesObject> pods = cluster.list(ResourceType.PODS, all).stream()
                    .filter(pod -> !PodView.of(pod).ended())
                    .toList();
            UsageSamples read = UsageSamples.read(cluster, ResourceType.POD_METRICS, all);
            return new Reading(
                    UsageView.of(pods, read.samples(), nodes),
                    read.answered() ? "no container has a sample yet" : read.missing());
        }
    }

    private static Output output(List<UsageView> usages) {
        int unknown = (int) usages.stream().filter(usage -> !usage.known()).count();
        String fullest = usages.stream()
                .filter(usage -> usage.memoryPercent().isPresent())
                .map(usage -> usage.pod() + "/" + usage.container())
                .findFirst()
                .orElse("");
        return new Output(
                unknown < usages.size(),
                UsageView.highest(usages, UsageView::cpuPercent).orElse(-1),
                UsageView.highest(usages, UsageView::memoryPercent).orElse(-1),
                Line.of(fullest, Line.MODEL),
                unknown,
                (int) usages.stream().filter(UsageView::memoryUnlimited).count());
    }

    private static String summary(List<String> namespaces, List<Reading> readings, Output output) {
        int containers =
                readings.stream().mapToInt(reading -> reading.usages.size()).sum();
        String where = String.join(", ", namespaces);
        if (containers == 0) {
            return "No pods run in " + where;
        }
        if (!output.usageKnown) {
            return "The usage of %s is unknown: %s".formatted(where, readings.get(0).missing);
        }
        return "The containers of %s use at most %s of their CPU limits and %s of their memory limits%s; of %d of %d it is unknown"
                .formatted(
                        where,
                        percent(output.cpuPercent),
                        percent(output.memoryPercent),
                        output.fullest.isEmpty() ? "" : " (" + output.fullest + ")",
                        output.containersUnknown,
                        containers);
    }

    private static String percent(int percent) {
        return percent < 0 ? "an unknown share" : percent + " %";
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("", "pods", "list"),
                Permission.look("", "nodes", "list"),
                Permission.look("metrics.k8s.io", "pods", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
