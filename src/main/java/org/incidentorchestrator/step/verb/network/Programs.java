package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.step.verb.Patience;

/**
 * Runs programs that only read, with arguments that are fixed here, in containers that run. A container without the
 * program is no answer to the question: images are often built without any.
 */
final class Programs {
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final Scope scope;
    private final Patience patience = new Patience();
    private final List<String> lines = new ArrayList<>();

    Programs(Scope scope) {
        this.scope = scope;
    }

    /** What came of trying to run a program. */
    sealed interface Ran {
        /** It ran to its end, whichever that was. */
        record Ended(ExecQuery query, ExecAnswer.Ended answer) implements Ran {
            String program() {
                return query.command().get(0);
            }
        }

        /** It did not: nothing is known. */
        record Not(String pod, String why) implements Ran {
            @Override
            public String toString() {
                return pod + ": " + why;
            }
        }
    }

    /** The first of these programs that a container of the pod has; for what its containers share, such as the network. */
    Ran anywhereIn(PodView pod, List<List<String>> commands) {
        List<String> why = new ArrayList<>();
        for (List<String> command : commands) {
            for (String container : running(pod)) {
                Ran ran = in(pod, container, command);
                if (ran instanceof Ran.Ended) {
                    return ran;
                }
                why.add(((Ran.Not) ran).why());
            }
        }
        return new Ran.Not(pod.name(), why.isEmpty() ? "none of its containers runs" : last(why));
    }

    private static String last(List<String> why) {
        return why.get(why.size() - 1);
    }

    Ran in(PodView pod, String container, List<String> command) {
        if (!patience.ask()) {
            return new Ran.Not(pod.name(), Patience.NONE_LEFT);
        }
        var query = new ExecQuery(pod.pod().namespace(), pod.name(), container, command, MOST_BYTES);
        try {
            ExecAnswer answer = scope.cluster().exec(query);
            lines.add(scope.kubectl().exec(query));
            return answer instanceof ExecAnswer.Ended ended
                    ? new Ran.Ended(query, ended)
                    : new Ran.Not(
                            pod.name(),
                            "container " + container + " has no " + command.get(0) + " ("
                                    + ((ExecAnswer.NotStarted) answer).reason() + ")");
        } catch (ClusterFailure failure) {
            return new Ran.Not(pod.name(), patience.without(failure));
        }
    }

    static List<String> running(PodView pod) {
        return pod.containerNames().stream()
                .filter(name -> pod.containerStatus(name)
                        .filter(status -> status.at("/state/running").exists())
                        .isPresent())
                .toList();
    }

    /** One for each program that was started, or was not there. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Of what is kept of all that ran. */
    String source() {
        return lines.isEmpty() ? "" : lines.get(0);
    }
}
