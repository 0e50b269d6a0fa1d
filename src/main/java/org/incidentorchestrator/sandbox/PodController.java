package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kubelet's part: pods start, get ready, fail, and end, as their lives say. */
final class PodController {
    static final Duration ENDS_IN = Duration.ofSeconds(2);

    private PodController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode pod : world.all("Pod")) {
            if (endOf(pod).filter(end -> !end.isAfter(at)).isPresent()) {
                Pods.ownedBy(world, pod, "NetworkPolicy").forEach(policy -> world.remove(Key.of(policy)));
                world.remove(Key.of(pod));
            } else if (Scheduler.placed(pod)) {
                live(world, pod, at);
            }
        }
    }

    /** When its status changes next, or it is gone. */
    static Optional<Instant> next(World world, ObjectNode pod) {
        if (!Scheduler.placed(pod)) {
            return endOf(pod);
        }
        return Stream.concat(endOf(pod).stream(), timeline(world, pod, world.asOf()).nextAfter(world.asOf()).stream())
                .min(Instant::compareTo);
    }

    static Timeline timeline(World world, ObjectNode pod, Instant horizon) {
        Life life = world.life(Pods.uid(pod)).orElseGet(() -> Life.begun(Pods.born(pod), Fate.HEALTHY));
        return Timeline.of(life, Pods.probed(pod), horizon);
    }

    private static void live(World world, ObjectNode pod, Instant at) {
        Fate fate = Scenarios.fateOf(world, pod);
        Life before = world.life(Pods.uid(pod)).orElseGet(() -> Life.begun(at, fate));
        Life life = before.fate() == fate ? before : before.turned(at, fate);
        Timeline timeline = Timeline.of(life, Pods.probed(pod), at);
        Instant told = life == before ? life.told() : at.minusSeconds(1);
        List<Phase> news = timeline.until(at).stream()
                .filter(phase -> phase.from().isAfter(told))
                .toList();
        if (!news.isEmpty() || life != before) {
            news.forEach(phase -> EventLog.tell(world, pod, phase, fate));
            world.live(Pods.uid(pod), life.toldUntil(at));
            Status.write(world, pod, status(pod, timeline, at), Status.KUBELET, at);
        }
    }

    private static Optional<Instant> endOf(ObjectNode pod) {
        return Pods.staying(pod)
                ? Optional.empty()
                : Optional.of(
                        Instant.parse(pod.at("/metadata/deletionTimestamp").asText())
                                .minus(ApiServer.GRACE)
                                .plus(ENDS_IN));
    }

    private static ObjectNode status(ObjectNode pod, Timeline timeline, Instant at) {
        Phase phase = timeline.at(at);
        String born = Pods.born(pod).toString();
        ObjectNode status = Json.object();
        status.put("phase", phase.startedAt() == null ? "Pending" : "Running");
        ArrayNode conditions = status.putArray("conditions");
        addCondition(conditions, "PodScheduled", true, born);
        addCondition(conditions, "Initialized", true, born);
        String since = timeline.readinessSince(at).toString();
        addCondition(conditions, "Ready", phase.ready(), since);
        addCondition(conditions, "ContainersReady", phase.ready(), since);
        status.put(
                "hostIP",
                "172.18.0."
                        + (2 + Math.floorMod(pod.at("/spec/nodeName").asText().hashCode(), 8)));
        if (phase.startedAt() != null) {
            status.put("podIP", ip(pod)).putArray("podIPs").addObject().put("ip", ip(pod));
        }
        status.put("startTime", born).put("qosClass", "Burstable");
        ArrayNode containers = status.putArray("containerStatuses");
        pod.at("/spec/containers").forEach(container -> containers.add(ContainerStatus.of(pod, container, phase)));
        return status;
    }

    static String ip(ObjectNode pod) {
        int number = Math.floorMod(Pods.uid(pod).hashCode(), 250 * 250);
        return "10.244." + (1 + number / 250) + "." + (2 + number % 250);
    }

    private static void addCondition(ArrayNode conditions, String type, boolean met, String since) {
        ObjectNode condition = conditions.addObject();
        condition.put("type", type).put("status", met ? "True" : "False");
        if (!met) {
            condition.put("reason", "ContainersNotReady").put("message", "containers with unready status");
        }
        condition.put("lastTransitionTime", since);
    }
}
