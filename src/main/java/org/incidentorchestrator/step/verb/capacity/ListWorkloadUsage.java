package org.incidentorchestrator.step.verb.capacity;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.BarChart;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.LineChart;
import org.incidentorchestrator.step.verb.Reach;
import org.incidentorchestrator.step.verb.UsageSamples;
import org.springframework.stereotype.Component;

/**
 * Lists the workloads of a namespace that can be scaled, with what their pods use, request and may take, and draws both
 * as bars beside each other: usage against requests against limits.
 */
@RunbookLines({"A02", "A03"})
@Component
final class ListWorkloadUsage implements Step<ListWorkloadUsage.Input, ListWorkloadUsage.Output> {
    private static final List<String> SERIES = List.of("used", "requested", "limit");
    /** What one person reviews, and what a text variable of 4,000 characters holds. */
    private static final int MOST = 20;

    private static final int LONGEST_LINE = 185;

    private final Reach reach;

    ListWorkloadUsage(Reach reach) {
        this.reach = reach;
    }

    record Input(String namespace) {}

    /**
     * @param workloads Deployments and StatefulSets that there are
     * @param targets of them, as target ids separated by commas; of many the first 20
     * @param leftOut how many are not in {@code targets}
     * @param usageText a line for each target: replicas, and what is used, requested and the limit of CPU and memory
     */
    record Output(int workloads, String targets, int leftOut, String usageText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        List<WorkloadUsage> all = usages(context.cluster(), namespace);
        List<WorkloadUsage> some = all.stream().limit(MOST).toList();
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        String line = kubectl.top(namespace, LabelSelector.EVERYTHING);
        String lines =
                some.stream().map(usage -> Line.of(text(usage), LONGEST_LINE)).collect(Collectors.joining("\n"));
        Output output = new Output(
                all.size(),
                some.stream().map(usage -> usage.workload().target().id()).collect(Collectors.joining(",")),
                all.size() - some.size(),
                lines);
        return Plan.look("%d workloads of namespace %s can be scaled".formatted(all.size(), namespace), output)
                .kubectl(line)
                .keeping(Artefact.text(namespace + "-workloads.txt", line, lines + "\n"))
                .keeping(
                        chart("CPU of " + namespace, "cores", Amounts.CPU, some).artefact(namespace + "-cpu.svg", line))
                .keeping(chart("Memory of " + namespace, "MiB", Amounts.MEMORY, some)
                        .artefact(namespace + "-memory.svg", line));
    }

    private static List<WorkloadUsage> usages(ClusterReader cluster, String namespace) {
        Query here = Query.in(namespace);
        List<KubernetesObject> sets = cluster.list(ResourceType.REPLICA_SETS, here);
        List<KubernetesObject> pods = cluster.list(ResourceType.PODS, here);
        List<KubernetesObject> samples =
                UsageSamples.read(cluster, ResourceType.POD_METRICS, here).samples();
        return Stream.of(ResourceType.DEPLOYMENTS, ResourceType.STATEFUL_SETS)
                .flatMap(kind -> cluster.list(kind, here).stream())
                .map(WorkloadView::new)
                .map(workload -> WorkloadUsage.of(workload, ownSets(workload, sets), pods, samples))
                .toList();
    }

    private static List<KubernetesObject> ownSets(WorkloadView workload, List<KubernetesObject> sets) {
        return sets.stream()
                .filter(set -> set.controller()
                        .filter(owner ->
                                owner.text("/uid", "").equals(workload.object().uid()))
                        .isPresent())
                .toList();
    }

    private static BarChart chart(String title, String unit, String resource, List<WorkloadUsage> usages) {
        return new BarChart(
                title,
                unit,
                SERIES,
                usages.stream()
                        .map(usage -> new BarChart.Group(
                                usage.name(),
                                List.of(usage.used(resource), usage.requested(resource), usage.limit(resource))))
                        .toList());
    }

    private static String text(WorkloadUsage usage) {
        return "%s, %d replicas: CPU %s; memory %s"
                .formatted(
                        usage.name(),
                        usage.workload().desired(),
                        amounts(usage, Amounts.CPU, "cores"),
                        amounts(usage, Amounts.MEMORY, "MiB"));
    }

    private static String amounts(WorkloadUsage usage, String resource, String unit) {
        return "%s used, %s requested, %s limit"
                .formatted(
                        number(usage.used(resource), unit, "unknown"),
                        number(usage.requested(resource), unit, "unknown"),
                        number(usage.limit(resource), unit, "no"));
    }

    private static String number(double value, String unit, String otherwise) {
        return Double.isFinite(value) ? LineChart.number(value, unit) : otherwise;
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("apps", "deployments", "list"),
                Permission.look("apps", "statefulsets", "list"),
                Permission.look("apps", "replicasets", "list"),
                Permission.look("", "pods", "list"),
                Permission.look("metrics.k8s.io", "pods", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
