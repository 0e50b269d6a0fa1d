package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.network.Connection.State;

/** The connections of several pods on one port, and why those of others are not known. */
final class Connections {
    private static final int MOST_ROWS = 5_000;

    private final int port;
    private final List<OfPod> found = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /** @param port 0 for every port */
    Connections(int port) {
        this.port = port;
    }

    private record OfPod(String pod, List<Connection> connections, boolean cut) {
        int in(State state) {
            return (int)
                    connections.stream().filter(each -> each.state() == state).count();
        }

        int all() {
            return connections.size();
        }
    }

    /** @param cut whether the pod has more sockets than were read */
    void found(String pod, List<Connection> sockets, boolean cut) {
        found.add(new OfPod(pod, sockets.stream().filter(each -> each.on(port)).toList(), cut));
    }

    void unknown(String why) {
        unknown.add(why);
    }

    boolean any() {
        return !found.isEmpty();
    }

    boolean known() {
        return any() && unknown.isEmpty() && !cut();
    }

    private boolean cut() {
        return found.stream().anyMatch(OfPod::cut);
    }

    int pods() {
        return found.size() + unknown.size();
    }

    int count() {
        return found.stream().mapToInt(OfPod::all).sum();
    }

    int count(State state) {
        return found.stream().mapToInt(pod -> pod.in(state)).sum();
    }

    int mostInOnePod() {
        return most(OfPod::all);
    }

    int mostEstablishedInOnePod() {
        return most(pod -> pod.in(State.ESTABLISHED));
    }

    private int most(ToIntFunction<OfPod> count) {
        return found.stream().mapToInt(count).max().orElse(0);
    }

    /** One line. */
    String text() {
        String where = port == 0 ? "" : " on port " + port;
        if (found.isEmpty()) {
            String why = unknown.isEmpty() ? "it has no pods" : unknown.get(0);
            return Line.of("connections" + where + " are not known: " + why, Line.MODEL);
        }
        String states = Arrays.stream(State.values())
                .filter(state -> count(state) > 0)
                .map(state -> count(state) + " " + state)
                .collect(Collectors.joining(", "));
        String some = unknown.isEmpty() ? "" : "; not known of " + unknown.size() + " more: " + unknown.get(0);
        return Line.of(
                (cut() ? "at least " : "") + count() + " connections" + where + " in " + found.size() + " pods"
                        + (states.isEmpty() ? "" : " (" + states + ")") + some,
                Line.MODEL);
    }

    String report() {
        Table table = Table.of("POD", "LOCAL", "REMOTE", "STATE");
        found.stream()
                .flatMap(pod -> pod.connections.stream().map(each -> new Object[] {
                    pod.pod,
                    each.localAddress() + ":" + each.localPort(),
                    each.remoteAddress() + ":" + each.remotePort(),
                    each.state()
                }))
                .limit(MOST_ROWS)
                .forEach(table::row);
        return (table + String.join("\n", unknown)).strip() + "\n";
    }
}
