package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;

/**
 * The few programs that a container has, and what they write. Which ones is a matter of its image: one whose tag ends in
 * {@code -distroless} has none, one in {@code -slim} has curl, all others have BusyBox's.
 */
final class PodPrograms {
    private static final Set<String> BUSYBOX = Set.of("ls", "cat", "wget", "ping");
    private static final Set<String> SLIM = Set.of("ls", "cat", "curl");

    private PodPrograms() {}

    /** What a program came to. */
    record End(int exitCode, String out, String err) {
        static End of(String out) {
            return new End(0, out, "");
        }

        static End failed(int exitCode, String err) {
            return new End(exitCode, "", err);
        }
    }

    /** @throws org.incidentorchestrator.cluster.ClusterFailure INVALID when the pod has no such container */
    static ExecAnswer run(World world, ObjectNode pod, ExecQuery query, Instant now) {
        Pods.requireContainer(pod, query.container());
        JsonNode state = pod.at("/status/containerStatuses/0/state");
        if (!state.has("running")) {
            String why = state.at("/waiting/reason")
                    .asText(state.at("/terminated/reason").asText());
            return new ExecAnswer.NotStarted("container " + query.container() + " does not run: " + why);
        }
        String program = query.command().get(0);
        String name = program.startsWith("/bin/") ? program.substring("/bin/".length()) : program;
        if (!has(pod, query.container()).contains(name)) {
            return new ExecAnswer.NotStarted("exec: \"" + program + "\": executable file not found in $PATH");
        }
        List<String> arguments = query.command().subList(1, query.command().size());
        return ended(end(world, pod, name, arguments, now), query.limitBytes());
    }

    private static End end(World world, ObjectNode pod, String program, List<String> arguments, Instant now) {
        return switch (program) {
            case "ls" -> PodFiles.ls(pod, arguments);
            case "cat" -> PodFiles.cat(world, pod, arguments, now);
            default -> PodRequests.run(world, pod, program, arguments);
        };
    }

    private static Set<String> has(JsonNode pod, String name) {
        for (JsonNode container : pod.at("/spec/containers")) {
            String image = container.path("image").asText();
            if (container.path("name").asText().equals(name)) {
                return image.endsWith("-distroless") ? Set.of() : image.endsWith("-slim") ? SLIM : BUSYBOX;
            }
        }
        return Set.of();
    }

    private static ExecAnswer ended(End end, int limit) {
        boolean cut = end.out.length() > limit || end.err.length() > limit;
        return new ExecAnswer.Ended(end.exitCode, first(end.out, limit), first(end.err, limit), cut);
    }

    private static String first(String text, int limit) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 0, Math.min(limit, bytes.length), StandardCharsets.UTF_8);
    }
}
