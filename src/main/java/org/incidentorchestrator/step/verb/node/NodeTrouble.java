package org.incidentorchestrator.step.verb.node;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.cluster.Workloads;
import org.incidentorchestrator.step.verb.Line;

/**
 * What is wrong with the nodes that a workload's pods are on: the worst of them, not ready before under pressure. A pod
 * stays with a node that is gone until somebody hears that it has ended, so it is still found there.
 *
 * @param node empty where none is in trouble
 * @param state ready, notReady, pressure, unknown
 */
record NodeTrouble(String node, String state, String inWords) {
    private static final List<ResourceType> KINDS =
            List.of(ResourceType.DEPLOYMENTS, ResourceType.STATEFUL_SETS, ResourceType.DAEMON_SETS, ResourceType.JOBS);
    private static final NodeTrouble UNREADABLE =
            new NodeTrouble("", "unknown", "whether its nodes are well is unknown: they may not be read");

    /** @param asked one node that is asked for; null or empty for those of the workload, or for any without one */
    static NodeTrouble read(String namespace, String workload, String asked, ClusterReader cluster) {
        Optional<List<KubernetesObject>> all = permitted(() -> cluster.list(ResourceType.NODES, Query.in("")));
        if (all.isEmpty()) {
            return UNREADABLE;
        }
        List<NodeView> troubled = all.get().stream()
                .map(NodeView::new)
                .filter(node -> empty(asked) || node.name().equals(asked))
                .filter(node -> !node.ready() || pressed(node))
                .sorted(Comparator.comparing(NodeView::ready).thenComparing(NodeView::name))
                .toList();
        if (troubled.isEmpty()) {
            return well(empty(asked) ? "every node is ready" : "node " + asked + " is ready or gone");
        }
        return !empty(asked) || empty(workload)
                ? of(troubled.get(0))
                : permitted(() -> nodes(namespace, workload, cluster))
                        .map(used -> worst(troubled, used))
                        .orElse(UNREADABLE);
    }

    private static NodeTrouble worst(List<NodeView> troubled, Set<String> used) {
        return troubled.stream()
                .filter(node -> used.contains(node.name()))
                .findFirst()
                .map(NodeTrouble::of)
                .orElseGet(() -> well("it has no pod on a node in trouble ("
                        + Line.of(troubled.stream().map(NodeView::name).collect(Collectors.joining(", ")), 80) + ")"));
    }

    private static NodeTrouble well(String why) {
        return new NodeTrouble("", "ready", why);
    }

    private static NodeTrouble of(NodeView node) {
        String troubles = Line.of(String.join(", ", node.troubles()), Line.MODEL / 2);
        return new NodeTrouble(
                node.name(), node.ready() ? "pressure" : "notReady", "node " + node.name() + " is " + troubles);
    }

    private static boolean pressed(NodeView node) {
        return node.pressures().stream()
                .anyMatch(condition -> condition.endsWith("Pressure") || condition.equals("NetworkUnavailable"));
    }

    /** Those that the pods of the workload of this name are on; none where there is no such workload: never a guess. */
    private static Set<String> nodes(String namespace, String workload, ClusterReader cluster) {
        return KINDS.stream()
                .flatMap(kind -> cluster.get(kind, namespace, workload).stream())
                .findFirst()
                .map(WorkloadView::new)
                .map(found -> new Workloads(cluster)
                        .pods(found).stream()
                                .map(pod -> pod.text("/spec/nodeName", ""))
                                .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** Nothing where the rights are missing: that says nothing about what is there. */
    static <T> Optional<T> permitted(Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static boolean empty(String text) {
        return text == null || text.isEmpty();
    }
}
