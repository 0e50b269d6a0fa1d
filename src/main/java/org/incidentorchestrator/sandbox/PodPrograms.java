package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;

/** The few programs that a container has, and what they write: {@code ls}. */
final class PodPrograms {
    private static final Map<String, List<String>> FOLDERS = Map.of(
            "/", List.of("app", "bin", "dev", "etc", "lib", "proc", "sys", "tmp", "usr", "var"),
            "/tmp", List.of("hsperfdata_app", "sessions.db"));

    private PodPrograms() {}

    /** @throws org.incidentorchestrator.cluster.ClusterFailure INVALID when the pod has no such container */
    static ExecAnswer run(JsonNode pod, ExecQuery query) {
        Pods.requireContainer(pod, query.container());
        JsonNode state = pod.at("/status/containerStatuses/0/state");
        if (!state.has("running")) {
            String why = state.at("/waiting/reason")
                    .asText(state.at("/terminated/reason").asText());
            return new ExecAnswer.NotStarted("container " + query.container() + " does not run: " + why);
        }
        String program = query.command().get(0);
        if (!program.equals("ls") && !program.equals("/bin/ls")) {
            return new ExecAnswer.NotStarted("exec: \"" + program + "\": executable file not found in $PATH");
        }
        List<String> arguments = query.command().subList(1, query.command().size());
        String path = arguments.stream()
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .orElse("/");
        return ls(path, query.limitBytes());
    }

    private static ExecAnswer ls(String path, int limit) {
        String folder = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> files = FOLDERS.get(folder);
        return files == null
                ? ended(2, "", "ls: cannot access '" + path + "': No such file or directory\n", limit)
                : ended(0, String.join("\n", files) + "\n", "", limit);
    }

    private static ExecAnswer ended(int exitCode, String out, String err, int limit) {
        boolean cut = out.length() > limit || err.length() > limit;
        return new ExecAnswer.Ended(exitCode, first(out, limit), first(err, limit), cut);
    }

    private static String first(String text, int limit) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 0, Math.min(limit, bytes.length), StandardCharsets.UTF_8);
    }
}
