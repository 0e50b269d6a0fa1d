package org.incidentorchestrator.step.verb.node;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeUsage;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.UsageSamples;
import org.springframework.stereotype.Component;

/**
 * Reads what the nodes use of what their pods may have, as {@code kubectl top nodes} does. Unknown is not zero: without a
 * metrics API, or without a sample of any node, the answer is "unknown".
 */
@RunbookLines("A01")
@Component
final class ReadNodeUsage implements Step<ReadNodeUsage.Input, ReadNodeUsage.Output> {
    record Input() {}

    /**
     * @param cpuPercent of allocatable, of the node that uses most of it; -1 unknown, as is memory's
     * @param fullestNode whose CPU or memory is used most; empty when unknown
     * @param nodesUnknown how many nodes have no sample
     */
    record Output(boolean usageKnown, int cpuPercent, int memoryPercent, String fullestNode, int nodesUnknown) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Query all = Query.in("");
        String line = KubectlText.of(context.cluster().cluster()).topNodes();
        List<KubernetesObject> nodes = context.cluster().list(ResourceType.NODES, all);
        UsageSamples read = UsageSamples.read(context.cluster(), ResourceType.NODE_METRICS, all);
        List<NodeUsage> usages = NodeUsage.of(nodes, read.samples());
        int unknown = (int) usages.stream().filter(usage -> !usage.known()).count();
        if (unknown == usages.size()) {
            String why = read.answered() ? "no node has a sample yet" : read.missing();
            return Plan.look("The usage of the nodes is unknown: " + why, new Output(false, -1, -1, "", usages.size()))
                    .kubectl(line);
        }
        Output output = output(usages, unknown);
        return Plan.look(summary(output), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        "nodes-usage.txt", line, NodeUsage.table(usages).toString()));
    }

    private static Output output(List<NodeUsage> usages, int unknown) {
        String fullest = usages.stream()
                .filter(NodeUsage::known)
                .max(Comparator.comparingInt(ReadNodeUsage::fullness))
                .map(usage -> usage.node().name())
                .orElse("");
        return new Output(
                true,
                NodeUsage.highest(usages, NodeUsage::cpuPercent).orElse(-1),
                NodeUsage.highest(usages, NodeUsage::memoryPercent).orElse(-1),
                fullest,
                unknown);
    }

    private static int fullness(NodeUsage usage) {
        return Math.max(usage.cpuPercent().orElse(-1), usage.memoryPercent().orElse(-1));
    }

    private static String summary(Output output) {
        String known = "The nodes use at most %d %% of their CPU and %d %% of their memory; %s is the fullest"
                .formatted(output.cpuPercent, output.memoryPercent, output.fullestNode);
        return output.nodesUnknown == 0 ? known : known + "; of %d nodes it is unknown".formatted(output.nodesUnknown);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.look("", "nodes", "list"), Permission.look("metrics.k8s.io", "nodes", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
