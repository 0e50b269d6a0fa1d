package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;

/** Runs a program in a container of a real cluster. */
record PodExec(ApiServer server, Fabric8Reader reader) {
    /** What container runtimes say when there is no program to start; they have no code for it. */
    private static final Pattern NO_PROGRAM =
            Pattern.compile("executable file not found|no such file or directory|permission denied|exec format error");

    /** Some runtimes tell it by a shell's codes instead, and say why where a program would have written. */
    private static final Set<Integer> NOT_RUN = Set.of(126, 127);

    ExecAnswer run(ExecQuery query) {
        ApiRequest request = ApiRequest.get(
                "run '" + query.command().get(0) + "' in container " + query.container() + " of Pod "
                        + query.namespace() + "/" + query.pod(),
                Urls.exec(query));
        Bound bound = server.bound();
        ExecStream stream = new ExecStream(bound, query.limitBytes());
        Optional<Integer> refused = server.stream(request, bound, stream);
        if (refused.isPresent()) {
            return notStarted(query, request, refused.get(), bound);
        }
        ApiAnswer status = ApiAnswer.ofStream(stream.status());
        return answer(stream, status).orElseThrow(() -> failure(request, why(status)));
    }

    /** Empty when nobody can tell what became of the program. */
    static Optional<ExecAnswer> answer(ExecStream stream, ApiAnswer status) {
        Optional<Integer> code =
                status.json().path("status").asText().equals("Success") ? Optional.of(0) : exitCode(status);
        if (code.isEmpty() && NO_PROGRAM.matcher(status.message()).find()) {
            return Optional.of(new ExecAnswer.NotStarted(status.message()));
        }
        if (code.filter(NOT_RUN::contains).isPresent()) {
            return Optional.of(new ExecAnswer.NotStarted(runtimesWords(stream, code.get())));
        }
        return code.map(exit -> new ExecAnswer.Ended(exit, stream.out(), stream.err(), stream.cut()));
    }

    private static String runtimesWords(ExecStream stream, int code) {
        String words = (stream.err() + " " + stream.out())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return words.isEmpty() ? "it could not be run (exit code " + code + ")" : words;
    }

    private static String why(ApiAnswer status) {
        return status.message().isEmpty()
                ? "the connection ended before the program did"
                : "its node says: " + status.message().replaceAll("[.]$", "");
    }

    private static Optional<Integer> exitCode(ApiAnswer status) {
        for (JsonNode cause : status.json().at("/details/causes")) {
            String text = cause.path("message").asText();
            if (cause.path("reason").asText().equals("ExitCode") && text.matches("[0-9]{1,9}")) {
                return Optional.of(Integer.parseInt(text));
            }
        }
        return Optional.empty();
    }

    /**
     * A refused WebSocket comes without a reason. The same address asked without one names it, where it is the API
     * server's own; else it was the node that refused, which it does for a container that does not run.
     */
    private ExecAnswer notStarted(ExecQuery query, ApiRequest request, int code, Bound bound) {
        ApiAnswer plain = server.send(request, bound);
        if (!plain.message().contains("Upgrade request required")) {
            throw ApiFailures.of(request, server, plain);
        }
        Optional<String> idle = reader.get(ResourceType.PODS, query.namespace(), query.pod(), bound)
                .flatMap(pod -> idle(pod, query.container()));
        if (idle.isPresent()) {
            return new ExecAnswer.NotStarted(idle.get());
        }
        throw failure(request, "its node refused (" + code + ")");
    }

    private static Optional<String> idle(KubernetesObject pod, String container) {
        return pod.items("/status/containerStatuses").stream()
                .filter(status -> status.text("/name", "").equals(container))
                .filter(status -> !status.at("/state/running").exists())
                .map(status -> "container " + container + " does not run: "
                        + status.text("/state/waiting/reason", status.text("/state/terminated/reason", "unknown")))
                .findFirst();
    }

    private ClusterFailure failure(ApiRequest request, String why) {
        return new ClusterFailure(
                Kind.UNREACHABLE,
                "Could not " + request.what() + " in " + server.where() + ": " + why
                        + ". Check the pod and its node, and whether the program ends by itself.");
    }
}
