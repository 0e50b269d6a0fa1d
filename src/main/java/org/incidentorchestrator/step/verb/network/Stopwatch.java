package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.step.verb.Patience;
import org.incidentorchestrator.step.verb.network.Programs.Ran;

/** Asks one address several times and notes how long it took; the times are curl's or the reader's own. */
final class Stopwatch {
    private static final int ATTEMPTS = 5;
    /** Five of them have to fit into a step. */
    private static final int SECONDS = 3;
    /** Who did not answer twice is slow, or not there: more would only take the step's time. */
    private static final int MOST_FAILED = 2;

    private final Scope scope;
    private final HealthAddress address;
    private final Programs programs;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();

    Stopwatch(Scope scope, HealthAddress address) {
        this.scope = scope;
        this.address = address;
        this.programs = new Programs(scope);
    }

    /** Empty where none of the pods has curl. */
    Optional<Timings> fromPod(List<PodView> pods) {
        List<String> curl = Fetch.curl(address.url(), SECONDS);
        for (PodView pod : pods.stream().limit(2).toList()) {
            Ran ran = programs.anywhereIn(pod, List.of(curl));
            if (ran instanceof Ran.Ended first && Fetch.of(first).isPresent()) {
                return Optional.of(timed(pod, first, curl));
            }
            report.append(ran instanceof Ran.Not not ? not + "\n" : "");
        }
        return Optional.empty();
    }

    private Timings timed(PodView pod, Ran.Ended first, List<String> curl) {
        List<Integer> total = new ArrayList<>();
        List<Integer> connect = new ArrayList<>();
        int attempts = 0;
        Ran ran = first;
        while (ran instanceof Ran.Ended ended) {
            attempts++;
            Fetch fetch = Fetch.of(ended).orElseThrow();
            report.append(pod.name() + " " + fetch.text()
                    + (fetch.status().isPresent() ? " after " + fetch.totalMillis() + " ms" : "") + "\n");
            if (fetch.status().isPresent()) {
                total.add(fetch.totalMillis());
                connect.add(fetch.connectMillis());
            }
            boolean more = attempts < ATTEMPTS && attempts - total.size() < MOST_FAILED;
            ran = more ? programs.in(pod, first.query().container(), curl) : new Ran.Not(pod.name(), "");
        }
        return new Timings(attempts, List.copyOf(total), List.copyOf(connect));
    }

    Timings throughApiServer() {
        HttpQuery query = address.throughService(scope.namespace());
        Patience patience = new Patience();
        List<Integer> total = new ArrayList<>();
        int attempts = 0;
        while (attempts < ATTEMPTS && attempts - total.size() < MOST_FAILED && patience.ask()) {
            attempts++;
            ask(query, patience).ifPresent(total::add);
        }
        return new Timings(attempts, List.copyOf(total), List.of());
    }

    private Optional<Integer> ask(HttpQuery query, Patience patience) {
        try {
            lines.add(scope.kubectl().http(query));
            HttpAnswer answer = scope.cluster().http(query);
            if (answer instanceof HttpAnswer.Answered answered) {
                int millis = (int) answered.took().toMillis();
                report.append("the API server gets status " + answered.status() + " after " + millis + " ms\n");
                return Optional.of(millis);
            }
            report.append("the API server says: " + ((HttpAnswer.Unanswered) answer).reason() + "\n");
        } catch (ClusterFailure failure) {
            report.append(patience.without(failure) + "\n");
        }
        return Optional.empty();
    }

    /** From one of these pods to another pod that is ready behind the service. */
    OptionalDouble ping(List<PodView> from, ServiceState state) {
        for (PodView asker : from.stream().limit(1).toList()) {
            Optional<String> other = state.readyPods().stream()
                    .filter(pod -> !pod.name().equals(asker.name()))
                    .flatMap(pod -> pod.pod().text("/status/podIP").stream())
                    .findFirst();
            if (other.isPresent()) {
                Ran ran = programs.anywhereIn(asker, List.of(Ping.command(other.get())));
                report.append(
                        ran instanceof Ran.Ended ended
                                ? ended.answer().out() + ended.answer().err()
                                : ran + "\n");
                return ran instanceof Ran.Ended ended
                        ? Ping.millis(ended.answer().out())
                        : OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    List<String> lines() {
        List<String> all = new ArrayList<>(programs.lines());
        all.addAll(lines);
        return all.stream().distinct().toList();
    }

    String report() {
        return report.toString();
    }
}
