package org.incidentorchestrator.step.verb.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeRoom;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.PodRequests;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.cluster.Taint;

/**
 * A node in words: what of {@code kubectl describe node} helps to find out whether a pod may come to it.
 *
 * @param room empty when it is not known what the pods ask for
 * @param pods of the whole cluster
 */
record NodeDescription(NodeView node, Optional<NodeRoom> room, List<KubernetesObject> pods, Instant now) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(NodeView.table(List.of(node), now));
        text.append("Taints: ").append(taints()).append('\n');
        text.append("Conditions:\n").append(conditions().toString().indent(2));
        text.append("Requested:\n").append(requested().indent(2));
        room.ifPresent(
                known -> text.append("Pods:\n").append(podsHere().toString().indent(2)));
        return text.toString();
    }

    private String taints() {
        String all = node.taints().stream().map(Taint::toString).collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    private Table conditions() {
        Table table = Table.of("TYPE", "STATUS", "REASON", "SINCE", "MESSAGE");
        node.node()
                .items("/status/conditions")
                .forEach(condition -> table.row(
                        condition.text("/type", ""),
                        condition.text("/status", ""),
                        condition.text("/reason", ""),
                        condition.text("/lastTransitionTime", ""),
                        condition.text("/message", "")));
        return table;
    }

    private String requested() {
        if (room.isEmpty()) {
            return "unknown: the pods of all namespaces could not be listed";
        }
        Table table = Table.of("RESOURCE", "ALLOCATABLE", "REQUESTS", "LIMITS");
        Amounts allocatable = node.allocatable();
        allocatable
                .byName()
                .keySet()
                .forEach(resource -> table.row(
                        resource,
                        allocatable.text(resource),
                        room.get().share(resource),
                        room.get().limits().text(resource)));
        return table.toString();
    }

    private Table podsHere() {
        Table table = Table.of("NAMESPACE", "NAME", "CPU REQUEST", "MEMORY REQUEST");
        pods.stream()
                .filter(pod -> pod.text("/spec/nodeName", "").equals(node.name()))
                .filter(pod -> !PodView.of(pod).ended())
                .forEach(pod -> {
                    Amounts asks = PodRequests.of(pod.at("/spec"));
                    table.row(pod.namespace(), pod.name(), asks.text(Amounts.CPU), asks.text(Amounts.MEMORY));
                });
        return table;
    }
}
