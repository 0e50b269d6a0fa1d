package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Events as {@code kubectl get events} shows them: repeats are counted, and an hour after the last they are gone. */
final class EventLog {
    private static final Duration KEPT = Duration.ofHours(1);

    private EventLog() {}

    static void note(World world, JsonNode about, String type, String reason, String message, Instant at) {
        Optional<ObjectNode> repeated = world.all("Event", Pods.namespace(about)).stream()
                .filter(event -> event.at("/involvedObject/uid").asText().equals(Pods.uid(about))
                        && event.path("reason").asText().equals(reason)
                        && event.path("message").asText().equals(message))
                .findFirst();
        ObjectNode event = repeated.orElseGet(() -> create(world, about, type, reason, message, at));
        event.put("count", event.path("count").asInt() + 1).put("lastTimestamp", at.toString());
        world.store(event);
    }

    /** What the kubelet and the scheduler say when a phase of a pod begins. */
    static void tell(World world, ObjectNode pod, Phase phase, Fate fate) {
        JsonNode container = pod.at("/spec/containers/0");
        String name = container.path("name").asText();
        String image = container.path("image").asText();
        switch (phase.waiting()) {
            case "ContainerCreating" ->
                note(
                        world,
                        pod,
                        "Normal",
                        "Scheduled",
                        "Successfully assigned "
                                + Pods.namespace(pod) + "/" + Pods.name(pod) + " to "
                                + pod.at("/spec/nodeName").asText(),
                        phase.from());
            case "ErrImagePull" ->
                note(
                        world,
                        pod,
                        "Warning",
                        "Failed",
                        "Failed to pull image \"" + image + "\": failed to pull and unpack image \"" + image
                                + "\": not found",
                        phase.from());
            case "ImagePullBackOff" ->
                note(world, pod, "Warning", "BackOff", "Back-off pulling image \"" + image + "\"", phase.from());
            case "CrashLoopBackOff" ->
                note(
                        world,
                        pod,
                        "Warning",
                        "BackOff",
                        "Back-off restarting failed container " + name + " in pod " + Pods.name(pod) + "_"
                                + Pods.namespace(pod) + "(" + Pods.uid(pod) + ")",
                        phase.from());
            default -> tellRunning(world, pod, phase, fate, name);
        }
    }

    private static void tellRunning(World world, ObjectNode pod, Phase phase, Fate fate, String name) {
        if (phase.from().equals(phase.startedAt())) {
            note(world, pod, "Normal", "Started", "Started container " + name, phase.from());
        }
        if (fate == Fate.SERVES_NOTHING && !phase.ready()) {
            note(
                    world,
                    pod,
                    "Warning",
                    "Unhealthy",
                    "Readiness probe failed: HTTP probe failed with statuscode: 503",
                    phase.from());
        }
    }

    static void forgetOld(World world, Instant at) {
        world.all("Event").stream()
                .filter(event ->
                        Instant.parse(event.path("lastTimestamp").asText()).isBefore(at.minus(KEPT)))
                .toList()
                .forEach(event -> world.remove(Key.of(event)));
    }

    private static ObjectNode create(
            World world, JsonNode about, String type, String reason, String message, Instant at) {
        ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put(
                        "name",
                        Pods.name(about) + "." + world.newUid().substring(0, 16).replace("-", ""))
                .put("namespace", Pods.namespace(about))
                .put("uid", world.newUid())
                .put("creationTimestamp", at.toString());
        event.putObject("involvedObject")
                .put("apiVersion", about.path("apiVersion").asText())
                .put("kind", about.path("kind").asText())
                .put("namespace", Pods.namespace(about))
                .put("name", Pods.name(about))
                .put("uid", Pods.uid(about));
        event.put("type", type).put("reason", reason).put("message", message);
        event.put("firstTimestamp", at.toString()).put("count", 0);
        event.putObject("source").put("component", sourceOf(about, reason));
        return event;
    }

    private static String sourceOf(JsonNode about, String reason) {
        return switch (about.path("kind").asText()) {
            case "Deployment" -> "deployment-controller";
            case "ReplicaSet" -> "replicaset-controller";
            case "PersistentVolumeClaim" -> "persistentvolume-controller";
            default ->
                reason.equals("Scheduled") || reason.equals("FailedScheduling") ? Scheduler.NAME : Status.KUBELET;
        };
    }
}
