package org.incidentorchestrator.step.verb.node;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Describes every node: conditions, taints, what its pods ask for of what it has; and says for how many more pods of a
 * workload there is room. Requests decide, as for the scheduler: those of every pod that has not ended, init containers,
 * sidecars and overhead counted. Affinity between pods, topology spread and volumes are not foreseen.
 */
@RunbookLines({"P03", "G02"})
@Component
final class DescribeNodes implements Step<DescribeNodes.Input, DescribeNodes.Output> {
    /** @param target the workload that room is asked for; may be null or empty: then no room is said */
    record Input(@Nullable String target) {}

    /**
     * @param cpuRequestedPercent of what the nodes that take pods have; -1 unknown, as is memory's
     * @param roomFor how many more pods of the workload; -1 unknown, or without a workload
     * @param surge how many more a rollout of the workload makes at once: it stalls where there is less room; -1 without one
     * @param roomText why the nodes without room have none; one line, empty when each has some
     */
    record Output(
            int nodes,
            int schedulableNodes,
            int cpuRequestedPercent,
            int memoryRequestedPercent,
            int roomFor,
            int surge,
            String roomText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Optional<WorkloadView> workload = in.target() == null || in.target().isEmpty()
                ? Optional.empty()
                : Optional.of(Subject.find(in.target(), context).workload());
        ClusterRoom room = ClusterRoom.read(context.cluster());
        Output output = output(room, workload);
        String line = KubectlText.of(context.cluster().cluster()).describeAll(ResourceType.NODES, "");
        String text = room.nodes().stream()
                .map(node -> new NodeDescription(
                                node, room.of(node), room.pods().orElse(List.of()), context.plannedAt())
                        .toString())
                .collect(Collectors.joining("\n"));
        return Plan.look(summary(output, room, workload), output)
                .kubectl(line)
                .keeping(Artefact.text("nodes-described.txt", line, text));
    }

    private static Output output(ClusterRoom room, Optional<WorkloadView> workload) {
        Optional<OptionalInt> fits =
                workload.map(found -> room.fits(found.template().at("/spec")));
        return new Output(
                room.nodes().size(),
                (int) room.nodes().stream().filter(NodeView::schedulable).count(),
                room.requestedPercent(Amounts.CPU).orElse(-1),
                room.requestedPercent(Amounts.MEMORY).orElse(-1),
                fits.orElse(OptionalInt.empty()).orElse(-1),
                workload.map(WorkloadView::surge).orElse(-1),
                Line.of(
                        workload.map(found -> room.refusals(found.template().at("/spec")))
                                .orElse(""),
                        Line.MODEL));
    }

    private static String summary(Output output, ClusterRoom room, Optional<WorkloadView> workload) {
        String nodes = "%d of %d nodes take pods".formatted(output.schedulableNodes, output.nodes);
        if (room.pods().isEmpty()) {
            return nodes + "; what is requested of them is unknown: the pods of all namespaces may not be listed";
        }
        if (output.schedulableNodes == 0) {
            return nodes;
        }
        String requested = "; pods request %d %% of their CPU and %d %% of their memory"
                .formatted(output.cpuRequestedPercent, output.memoryRequestedPercent);
        return nodes
                + requested
                + workload.map(found -> "; there is room for %d more pods of %s, a rollout needs it for %d"
                                .formatted(output.roomFor, found.target(), output.surge))
                        .orElse("");
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.WORKLOADS,
                Permission.look("", "nodes", "list"),
                Permission.look("", "pods", "list").at(Place.CLUSTER));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
