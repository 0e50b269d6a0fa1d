package org.incidentorchestrator.step.verb.network;

import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.PodView;
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

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        check(in);
        Scope scope = Scope.inside(in.target(), settings, context);
        Subject subject = scope.workload();
        Programs programs = new Programs(scope);
        Connections connections = new Connections(in.port());
        subject.pods().stream().filter(pod -> !pod.ended()).forEach(pod -> read(pod, programs, connections));
        Output output = output(in, connections);
        return new Plan<>(
                "%s: %s".formatted(subject.target(), output.connectionsText),
                List.of(),
                programs.lines(),
                List.of(Artefact.text(subject.file("connections.txt"), programs.source(), connections.report())),
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

    private static void read(PodView pod, Programs programs, Connections connections) {
        if (pod.pod().flag("/spec/hostNetwork")) {
            connections.unknown(
                    pod.name() + ": it shares its node's network, and nothing tells its connections from others'");
            return;
        }
        Ran ran = programs.anywhereIn(pod, List.of(READ));
        if (ran instanceof Ran.Ended ended) {
            // Where IPv6 is off, cat fails at the second file, and has printed the first.
            Connection.list(ended.answer().out())
                    .ifPresentOrElse(
                            all -> connections.found(
                                    pod.name(), all, ended.answer().cut()),
                            () -> connections.unknown(pod.name() + ": its list of sockets cannot be read: "
                                    + Line.of(ended.answer().err(), Line.MODEL)));
        } else {
            connections.unknown(ran.toString());
        }
    }

    private static Output output(Input in, Connections connections) {
        int all = connections.count();
        int established = connections.count(State.ESTABLISHED);
        int timeWait = connections.count(State.TIME_WAIT);
        int closeWait = connections.count(State.CLOSE_WAIT);
        boolean measurable = in.poolLimit() > 0 && connections.any();
        return new Output(
                connections.known(),
                connections.pods(),
                all,
                established,
                timeWait,
                closeWait,
                all - established - timeWait - closeWait,
                connections.mostInOnePod(),
                measurable ? Math.round(100f * connections.mostEstablishedInOnePod() / in.poolLimit()) : -1,
                connections.text());
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
