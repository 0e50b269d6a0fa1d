package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.incidentorchestrator.step.verb.network.Connection.State;
import org.incidentorchestrator.step.verb.network.Programs.Ran;
import org.springframework.stereotype.Component;

/**
 * Counts the TCP connections of a workload's pods on a port, such as those to a database: what {@code netstat} prints,
 * which images rarely have, read from where it reads it. Both sides count, IPv4 and IPv6; port 54321 is not 5432, and
 * sockets that listen are no connections. None at all is a finding, and a pod that could not be read is unknown.
 */
@RunbookLines({"S03", "I02"})
@Component
final class CountConnections implements Step<CountConnections.Input, CountConnections.Output> {
    private static final List<String> READ = List.of("cat", "/proc/net/tcp", "/proc/net/tcp6");
    private static final int MOST_ROWS = 5_000;

    private final ClusterSettings settings;

    CountConnections(ClusterSettings settings) {
        this.settings = settings;
    }

    /** @param port 1 to 65535, or 0 for every port; @param poolLimit most that one pod opens; 0 when it is not known */
    record Input(String target, int port, int poolLimit) {}

    /**
     * @param known whether every running pod could be read; else the numbers are of some of them
     * @param connections in all states but listening
     * @param others neither established, nor in TIME_WAIT or CLOSE_WAIT
     * @param mostInOnePod of all states
     * @param percentOfPool of the limit, of the pod nearest to it, established ones only; -1 when it is not known
     */
    record Output(
            boolean known,
            int pods,
            int connections,
            int established,
            int timeWait,
            int closeWait,
            int others,
            int mostInOnePod,
            int percentOfPool,
            String connectionsText) {}

    /** Of one pod. */
    private record Found(String pod, List<Connection> connections, boolean cut) {
        int in(State state) {
            return (int)
                    connections.stream().filter(each -> each.state() == state).count();
        }
    }

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        check(in);
        Scope scope = Scope.inside(in.target(), settings, context);
        Subject subject = scope.workload();
        Programs programs = new Programs(scope);
        List<Found> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<PodView> pods = subject.pods().stream().filter(pod -> !pod.ended()).toList();
        pods.forEach(pod -> read(pod, in.port(), programs, found, unknown));
        Output output = output(in, found, unknown);
        return new Plan<>(
                "%s: %s".formatted(subject.target(), output.connectionsText),
                List.of(),
                programs.lines(),
                List.of(Artefact.text(
                        subject.file("connections.txt"),
                        programs.source(),
                        (table(found) + String.join("\n", unknown)).strip() + "\n")),
                output);
    }

    private static void check(Input in) {
        if (in.port() < 0 || in.port() > 65_535 || in.poolLimit() < 0) {
            throw StepFailure.badInput(
                    "Counted no connections of " + in.target() + ": port " + in.port() + " with a pool of "
                            + in.poolLimit() + " cannot be.",
                    "Give a port of 1 to 65535, or 0 for all, and a pool's size, or 0 where it is not known.");
        }
    }

    private static void read(PodView pod, int port, Programs programs, List<Found> found, List<String> unknown) {
        if (pod.pod().flag("/spec/hostNetwork")) {
            unknown.add(pod.name() + ": it shares its node's network, and nothing tells its connections from others'");
            return;
        }
        Ran ran = programs.anywhereIn(pod, List.of(READ));
        if (ran instanceof Ran.Ended ended) {
            // Where IPv6 is off, cat fails at the second file, and has printed the first.
            Connection.list(ended.answer().out())
                    .ifPresentOrElse(
                            all -> found.add(new Found(
                                    pod.name(),
                                    all.stream().filter(each -> each.on(port)).toList(),
                                    ended.answer().cut())),
                            () -> unknown.add(pod.name() + ": its list of sockets cannot be read: "
                                    + Line.of(ended.answer().err(), Line.MODEL)));
        } else {
            unknown.add(ran.toString());
        }
    }

    private static Output output(Input in, List<Found> found, List<String> unknown) {
        int connections =
                found.stream().mapToInt(each -> each.connections.size()).sum();
        int established = count(found, State.ESTABLISHED);
        int timeWait = count(found, State.TIME_WAIT);
        int closeWait = count(found, State.CLOSE_WAIT);
        int fullest = found.stream()
                .mapToInt(each -> each.in(State.ESTABLISHED))
                .max()
                .orElse(0);
        return new Output(
                unknown.isEmpty() && !found.isEmpty() && found.stream().noneMatch(Found::cut),
                found.size() + unknown.size(),
                connections,
                established,
                timeWait,
                closeWait,
                connections - established - timeWait - closeWait,
                found.stream().mapToInt(each -> each.connections.size()).max().orElse(0),
                in.poolLimit() == 0 || found.isEmpty() ? -1 : Math.round(100f * fullest / in.poolLimit()),
                text(in, found, unknown, connections));
    }

    private static String text(Input in, List<Found> found, List<String> unknown, int connections) {
        String where = in.port() == 0 ? "" : " on port " + in.port();
        if (found.isEmpty()) {
            String why = unknown.isEmpty() ? "it has no pods" : unknown.get(0);
            return Line.of("connections" + where + " are not known: " + why, Line.MODEL);
        }
        String states = Arrays.stream(State.values())
                .filter(state -> count(found, state) > 0)
                .map(state -> count(found, state) + " " + state)
                .collect(Collectors.joining(", "));
        boolean cut = found.stream().anyMatch(Found::cut);
        String some = unknown.isEmpty() ? "" : "; not known of " + unknown.size() + " more: " + unknown.get(0);
        return Line.of(
                (cut ? "at least " : "") + connections + " connections" + where + " in " + found.size() + " pods"
                        + (states.isEmpty() ? "" : " (" + states + ")") + some,
                Line.MODEL);
    }

    private static int count(List<Found> found, State state) {
        return found.stream().mapToInt(each -> each.in(state)).sum();
    }

    private static Table table(List<Found> found) {
        Table table = Table.of("POD", "LOCAL", "REMOTE", "STATE");
        found.stream()
                .flatMap(each -> each.connections.stream().map(connection -> new Object[] {
                    each.pod,
                    connection.localAddress() + ":" + connection.localPort(),
                    connection.remoteAddress() + ":" + connection.remotePort(),
                    connection.state()
                }))
                .limit(MOST_ROWS)
                .forEach(table::row);
        return table;
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.both(Permissions.PODS, Scope.EXEC);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
