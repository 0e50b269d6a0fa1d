package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeRoom;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.Placement;
import org.incidentorchestrator.cluster.Taint;

/** Finds a node for each pod that has none: of those that take it and have room, the one with the fewest pods. */
final class Scheduler {
    static final String NAME = "default-scheduler";

    private static final String GATED = "Scheduling is blocked due to non-empty scheduling gates";

    private Scheduler() {}

    static boolean placed(ObjectNode pod) {
        return !pod.at("/spec/nodeName").asText().isEmpty();
    }

    static void settle(World world, Instant at) {
        for (ObjectNode pod : world.all("Pod")) {
            if (!placed(pod) && Pods.staying(pod)) {
                if (pod.at("/spec/schedulingGates").isEmpty()) {
                    settle(world, pod, at);
                } else {
                    hold(world, pod, "SchedulingGated", GATED, at);
                }
            }
        }
    }

    private static void settle(World world, ObjectNode pod, Instant at) {
        KubernetesObject spec = KubernetesObject.of(pod.path("spec"));
        List<NodeRoom> rooms = rooms(world);
        Optional<NodeRoom> best = rooms.stream()
                .filter(room -> room.refusal(spec).isEmpty())
                .min(Comparator.comparing((NodeRoom room) -> room.requested().amount("pods"))
                        .thenComparing(room -> room.node().name()));
        Optional<String> unbound = ClaimController.obstacle(world, pod);
        if (unbound.isPresent()) {
            refuse(world, pod, "0/" + rooms.size() + " nodes are available: " + unbound.get() + ".", at);
        } else if (best.isPresent()) {
            ((ObjectNode) pod.path("spec")).put("nodeName", best.get().node().name());
            world.store(pod);
        } else {
            refuse(world, pod, message(rooms, spec), at);
        }
    }

    private static List<NodeRoom> rooms(World world) {
        List<KubernetesObject> pods =
                world.all("Pod").stream().map(KubernetesObject::of).toList();
        return world.all("Node").stream()
                .map(node -> NodeRoom.of(new NodeView(KubernetesObject.of(node)), pods))
                .toList();
    }

    private static void refuse(World world, ObjectNode pod, String message, Instant at) {
        if (hold(world, pod, "Unschedulable", message, at)) {
            EventLog.note(world, pod, "Warning", "FailedScheduling", message, at);
        }
    }

    /** @return whether that is news: it is told once for each new reason */
    private static boolean hold(World world, ObjectNode pod, String reason, String message, Instant at) {
        if (Pods.condition(pod, "PodScheduled").path("message").asText().equals(message)) {
            return false;
        }
        ObjectNode status = Json.object().put("phase", "Pending").put("qosClass", "Burstable");
        Status.condition(pod, status.putArray("conditions"), "PodScheduled", "False", reason, message, at);
        Status.write(world, pod, status, NAME, at);
        return true;
    }

    /** In the scheduler's words: each reason with the number of nodes that it keeps the pod from. */
    private static String message(List<NodeRoom> rooms, KubernetesObject spec) {
        Map<String, Long> reasons = rooms.stream()
                .flatMap(room -> reasons(room, spec).stream())
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
        return rooms.isEmpty()
                ? "no nodes available to schedule pods"
                : "0/" + rooms.size() + " nodes are available: "
                        + reasons.entrySet().stream()
                                .map(reason -> reason.getValue() + " " + reason.getKey())
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static List<String> reasons(NodeRoom room, KubernetesObject spec) {
        NodeView node = room.node();
        Placement placement = Placement.of(spec);
        Optional<Taint> taint = node.taints().stream()
                .filter(each -> each.keepsOff() && !each.toleratedBy(placement.tolerations()))
                .findFirst();
        if (node.cordoned()) {
            return List.of("node(s) were unschedulable");
        } else if (!node.ready()) {
            return List.of("node(s) had untolerated taint {node.kubernetes.io/not-ready: }");
        } else if (taint.isPresent()) {
            return List.of("node(s) had untolerated taint {" + taint.get().key() + ": "
                    + taint.get().value() + "}");
        } else if (placement.refusal(node).isPresent()) {
            return List.of("node(s) didn't match Pod's node affinity/selector");
        }
        Amounts wanted = NodeRoom.wanted(spec);
        return wanted.byName().keySet().stream()
                .filter(resource -> room.free().amount(resource).compareTo(wanted.amount(resource)) < 0)
                .map(resource -> resource.equals("pods") ? "Too many pods" : "Insufficient " + resource)
                .toList();
    }
}
