package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.network.Programs.Ran;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks a workload's service for its health from inside of another pod, as its callers do, by name and through the
 * cluster's network: {@code wget}, or {@code curl} where that is missing. A ready pod asks that the network policies let
 * through. Where no pod has either program the answer is unknown, never "not reached".
 */
@RunbookLines("U03")
@Component
final class CheckHealthFromPod implements Step<CheckHealthFromPod.Input, CheckHealthFromPod.Output> {
    /** Of different workloads; most images are of one make. */
    private static final int MOST_ASKERS = 3;

    private final ClusterSettings cluster;
    private final HealthSettings settings;

    CheckHealthFromPod(ClusterSettings cluster, HealthSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** @param target whose service is asked; @param from name of the workload whose pods ask; null or empty for any that may */
    record Input(String target, @Nullable String from) {}

    /**
     * @param reach reached: there was an HTTP answer; notReached; unknown: nobody could ask
     * @param status of the HTTP answer, -1 without one
     * @param failure none, dns, refused, timeout, other
     * @param fromPod who asked; empty when nobody could
     */
    record Output(String reach, int status, String failure, String fromPod, String reachText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String from = in.from() == null ? "" : in.from();
        if (!from.isEmpty() && !Target.isName(from)) {
            throw StepFailure.badInput(
                    "'" + Line.of(from, 80) + "' cannot be the name of a workload that is to ask.",
                    "Name a workload of the target's namespace, or none.");
        }
        Scope scope = Scope.inside(in.target(), cluster, context);
        return ServiceState.read(scope).stream()
                .flatMap(state ->
                        HealthAddress.of(state, settings).stream().map(address -> ask(scope, state, address, from)))
                .findFirst()
                .orElseGet(() -> unknown(scope, "no service of it speaks HTTP", new Programs(scope)));
    }

    private static Plan<Output> ask(Scope scope, ServiceState state, HealthAddress address, String from) {
        Askers askers = Askers.of(scope, state, address, from);
        Programs programs = new Programs(scope);
        List<String> why = new ArrayList<>();
        for (PodView pod : askers.pods().stream().limit(MOST_ASKERS).toList()) {
            for (List<String> command : Fetch.commands(address.url())) {
                Ran ran = programs.anywhereIn(pod, List.of(command));
                Optional<Fetch> fetch = ran instanceof Ran.Ended ended ? Fetch.of(ended) : Optional.empty();
                if (fetch.isPresent()) {
                    return asked(scope, address, (Ran.Ended) ran, fetch.get(), programs);
                }
                why.add(
                        ran instanceof Ran.Not not
                                ? not.toString()
                                : pod.name() + ": its " + command.get(0) + " does not know these arguments");
            }
        }
        return unknown(scope, askers.pods().isEmpty() ? nobody(askers) : last(why), programs);
    }

    private static String nobody(Askers askers) {
        return askers.denied() > 0
                ? "network policies deny it to each of the " + askers.denied() + " workloads that could ask"
                : "no pod is ready that could ask";
    }

    private static String last(List<String> why) {
        return why.get(why.size() - 1);
    }

    private static Plan<Output> asked(
            Scope scope, HealthAddress address, Ran.Ended ran, Fetch fetch, Programs programs) {
        String text = "pod " + ran.query().pod() + ", which asks " + address.url() + ", " + answer(fetch);
        var output = new Output(
                fetch.status().isPresent() ? "reached" : "notReached",
                fetch.status().orElse(-1),
                fetch.failure(),
                ran.query().pod(),
                Line.of(text, Line.MODEL));
        return new Plan<>(
                scope + ": " + output.reachText,
                List.of(),
                programs.lines(),
                List.of(Artefact.text(
                        scope.file("from-" + ran.query().pod() + ".txt"),
                        scope.kubectl().exec(ran.query()),
                        ran.answer().out().strip() + "\n" + ran.answer().err())),
                output);
    }

    private static String answer(Fetch fetch) {
        return fetch.status()
                .map(status -> "gets an answer of status " + status)
                .orElse(fetch.text());
    }

    private static Plan<Output> unknown(Scope scope, String why, Programs programs) {
        String text = Line.of("could not be asked from inside: " + why, Line.MODEL);
        return new Plan<>(
                scope + " " + text,
                List.of(),
                programs.lines(),
                List.of(),
                new Output("unknown", -1, "none", "", text));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Scope.PERMISSIONS, Scope.EXEC),
                Permission.look("networking.k8s.io", "networkpolicies", "list"),
                Permission.look("", "namespaces", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
