package org.incidentorchestrator.step.verb.node;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/**
 * Lists the nodes as {@code kubectl get nodes} does, and names what is wrong with any: not ready, cordoned, under
 * pressure. More than one node in trouble is a common cause, and no single service's incident.
 */
@RunbookLines("Q02")
@Component
final class ListNodes implements Step<ListNodes.Input, ListNodes.Output> {
    record Input() {}

    /**
     * @param readyNodes whose Ready condition is True
     * @param schedulableNodes of these, those that are not cordoned
     * @param nodeTrouble one line, empty when there is none
     * @param versions of kubelets, operating systems and kernels, each with the nodes that have it; one line
     */
    record Output(int nodes, int readyNodes, int schedulableNodes, String nodeTrouble, String versions) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Query all = Query.in("");
        List<KubernetesObject> objects = context.cluster().list(ResourceType.NODES, all);
        List<NodeView> nodes = objects.stream().map(NodeView::new).toList();
        int ready = (int) nodes.stream().filter(NodeView::ready).count();
        int schedulable = (int) nodes.stream().filter(NodeView::schedulable).count();
        String trouble = trouble(nodes);
        String line = KubectlText.of(context.cluster().cluster()).list(ResourceType.NODES, all);
        String summary = "%d of %d nodes are ready".formatted(ready, nodes.size());
        return Plan.look(
                        trouble.isEmpty() ? summary : summary + "; " + trouble,
                        new Output(nodes.size(), ready, schedulable, trouble, versions(nodes)))
                .kubectl(line)
                .keeping(Artefact.text(
                        "nodes.txt",
                        line,
                        NodeView.table(nodes, context.plannedAt()).toString()))
                .keeping(Kept.json("nodes.json", line, objects));
    }

    private static String trouble(List<NodeView> nodes) {
        if (nodes.isEmpty()) {
            return "the cluster has no nodes";
        }
        return Line.of(
                nodes.stream()
                        .filter(node -> !node.troubles().isEmpty())
                        .map(node -> node.name() + " is " + String.join(", ", node.troubles()))
                        .collect(Collectors.joining("; ")),
                Line.MODEL);
    }

    private static String versions(List<NodeView> nodes) {
        Map<String, List<String>> byVersion = nodes.stream()
                .collect(Collectors.groupingBy(
                        NodeView::versions, TreeMap::new, Collectors.mapping(NodeView::name, Collectors.toList())));
        return Line.of(
                byVersion.entrySet().stream()
                        .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
                        .collect(Collectors.joining("; ")),
                Line.MODEL);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.look("", "nodes", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
