package org.incidentorchestrator.step.verb.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeRoom;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.ResourceType;

/**
 * What the nodes have left together. Only who may list the pods of all namespaces knows what is spoken for: without that
 * right it is unknown.
 *
 * @param pods empty when they may not be listed
 */
record ClusterRoom(List<NodeView> nodes, Optional<List<KubernetesObject>> pods) {

    static ClusterRoom read(ClusterReader cluster) {
        List<NodeView> nodes = cluster.list(ResourceType.NODES, Query.in("")).stream()
                .map(NodeView::new)
                .toList();
        try {
            return new ClusterRoom(nodes, Optional.of(cluster.list(ResourceType.PODS, Query.in(""))));
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.FORBIDDEN) {
                return new ClusterRoom(nodes, Optional.empty());
            }
            throw failure;
        }
    }

    Optional<NodeRoom> of(NodeView node) {
        return pods.map(all -> NodeRoom.of(node, all));
    }

    /** What pods ask for of what the nodes that take pods have, in percent. */
    OptionalInt requestedPercent(String resource) {
        List<NodeRoom> rooms = schedulable();
        Amounts requested = rooms.stream().map(NodeRoom::requested).reduce(Amounts.NONE, Amounts::plus);
        Amounts allocatable =
                rooms.stream().map(room -> room.node().allocatable()).reduce(Amounts.NONE, Amounts::plus);
        return pods.isEmpty() ? OptionalInt.empty() : requested.percentOf(allocatable, resource);
    }

    /** How many more pods of this spec fit, by requests, on the nodes that take them; empty when it is not known. */
    OptionalInt fits(KubernetesObject pod) {
        return pods.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(rooms().stream()
                        .filter(room -> room.refusal(pod).isEmpty())
                        .mapToInt(room -> room.fits(pod))
                        .sum());
    }

    /** Why the nodes that have no room have none, each reason with its nodes. */
    String refusals(KubernetesObject pod) {
        Map<String, List<String>> nodesByReason = rooms().stream()
                .filter(room -> room.refusal(pod).isPresent())
                .collect(Collectors.groupingBy(
                        room -> room.refusal(pod).orElseThrow(),
                        TreeMap::new,
                        Collectors.mapping(room -> room.node().name(), Collectors.toList())));
        return nodesByReason.entrySet().stream()
                .map(reason -> String.join(", ", reason.getValue()) + " " + reason.getKey())
                .collect(Collectors.joining("; "));
    }

    private List<NodeRoom> schedulable() {
        return rooms().stream().filter(room -> room.node().schedulable()).toList();
    }

    private List<NodeRoom> rooms() {
        return nodes.stream().flatMap(node -> of(node).stream()).toList();
    }
}
