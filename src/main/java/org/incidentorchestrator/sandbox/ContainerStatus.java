package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A container's entry in {@code status.containerStatuses}, as the kubelet writes it. */
final class ContainerStatus {
    private ContainerStatus() {}

    static ObjectNode of(JsonNode pod, JsonNode container, Phase phase) {
        ObjectNode status = Json.object();
        status.put("name", container.path("name").asText());
        status.put("image", container.path("image").asText());
        status.put("ready", phase.ready());
        status.put("started", phase.running());
        status.put("restartCount", phase.restarts());
        status.set("state", phase.running() ? running(phase) : waiting(pod, container, phase));
        status.set("lastState", phase.last() == null ? Json.object() : terminated(phase.last()));
        String image = container.path("image").asText();
        status.put("imageID", phase.startedAt() == null ? "" : image + "@sha256:" + digest(image));
        if (phase.startedAt() != null) {
            String id = Pods.uid(pod) + container.path("name").asText() + phase.restarts();
            status.put("containerID", "containerd://" + digest(id));
        }
        return status;
    }

    private static ObjectNode running(Phase phase) {
        ObjectNode state = Json.object();
        state.putObject("running").put("startedAt", phase.startedAt().toString());
        return state;
    }

    private static ObjectNode waiting(JsonNode pod, JsonNode container, Phase phase) {
        ObjectNode state = Json.object();
        ObjectNode waiting = state.putObject("waiting").put("reason", phase.waiting());
        String message = messageOf(pod, container, phase);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        return state;
    }

    static String messageOf(JsonNode pod, JsonNode container, Phase phase) {
        return switch (phase.waiting()) {
            case "CrashLoopBackOff" ->
                "back-off " + inWords(phase) + " restarting failed container="
                        + container.path("name").asText() + " pod=" + Pods.name(pod) + "_" + Pods.namespace(pod) + "("
                        + Pods.uid(pod) + ")";
            case "ImagePullBackOff" ->
                "Back-off pulling image \"" + container.path("image").asText() + "\"";
            case "ErrImagePull" ->
                "failed to pull and unpack image \"" + container.path("image").asText() + "\": not found";
            default -> "";
        };
    }

    private static String inWords(Phase phase) {
        long seconds = phase.backOff().toSeconds();
        long minutes = seconds / 60;
        return minutes == 0 ? seconds + "s" : minutes + "m" + seconds % 60 + "s";
    }

    private static ObjectNode terminated(Phase.Ended ended) {
        ObjectNode state = Json.object();
        state.putObject("terminated")
                .put("exitCode", ended.exitCode())
                .put("reason", ended.reason())
                .put("startedAt", ended.startedAt().toString())
                .put("finishedAt", ended.at().toString());
        return state;
    }

    /** A stable stand-in for a digest of 64 hexadecimal digits. */
    private static String digest(String of) {
        String half =
                UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
        return (half + half).replace("-", "");
    }
}
