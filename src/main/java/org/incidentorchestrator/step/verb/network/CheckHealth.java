package org.incidentorchestrator.step.verb.network;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Reach;
import org.incidentorchestrator.step.verb.network.HealthAnswer.State;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks services for their health over HTTP, through the API server, where the runbook forwards a port; then each of their
 * ready pods, because a service passes a request on to any one of them. Healthy is an answer of 2xx. That a service has
 * no endpoints is told from a 503 of its own. The request comes from the API server: where network policies limit who
 * may reach the pods, silence says nothing of the program, and is unknown.
 */
@RunbookLines({"Q08", "P08"})
@Component
final class CheckHealth implements Step<CheckHealth.Input, CheckHealth.Output> {
    private final Reach reach;
    private final HealthSettings settings;

    CheckHealth(Reach reach, HealthSettings settings) {
        this.reach = reach;
        this.settings = settings;
    }

    /** @param target a workload, then its services only; may be null or empty */
    record Input(String namespace, @Nullable String target) {}

    /**
     * How many services and pods it is about, and what they said.
     *
     * @param health the worst of them: noEndpoints, unhealthy, unknown, healthy; unknown where nothing was asked
     * @param asked those that could not be asked are among them, and unknown
     * @param slowestMillis of those that answered; -1 where nobody did
     * @param healthText of those that are not healthy, one line
     */
    record Output(
            String health, int asked, int healthy, int unhealthy, int unknown, int slowestMillis, String healthText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Scope scope = Scope.of(in.namespace(), in.target(), reach, context);
        HealthRound round = new HealthRound(scope, settings);
        ServiceState.read(scope).forEach(round::ask);
        Output output = output(scope, round.answers());
        Table table = Table.of("WHO", "HEALTH", "MILLIS", "ANSWER");
        round.answers()
                .forEach(each -> table.row(
                        each.whom(),
                        each.state().word(),
                        each.took().isZero() ? "" : each.took().toMillis(),
                        each.text()));
        String source = round.lines().isEmpty() ? "" : round.lines().get(0);
        return new Plan<>(
                "Asked for the health of %s: %s%s"
                        .formatted(scope, output.health, output.healthText.isEmpty() ? "" : ", " + output.healthText),
                List.of(),
                round.lines(),
                List.of(Artefact.text(scope.file("health.txt"), source, table.toString())),
                output);
    }

    private static Output output(Scope scope, List<HealthAnswer> answers) {
        String unwell = answers.stream()
                .filter(answer -> answer.state() != State.HEALTHY)
                .sorted(Comparator.comparing(HealthAnswer::state).reversed())
                .map(answer -> answer.whom() + " " + answer.text())
                .collect(Collectors.joining("; "));
        return new Output(
                worst(answers).orElse(State.UNKNOWN).word(),
                answers.size(),
                count(answers, State.HEALTHY),
                count(answers, State.UNHEALTHY) + count(answers, State.NO_ENDPOINTS),
                count(answers, State.UNKNOWN),
                slowest(answers),
                Line.of(answers.isEmpty() ? "there is no service for " + scope : unwell, Line.MODEL));
    }

    private static Optional<State> worst(List<HealthAnswer> answers) {
        return answers.stream().map(HealthAnswer::state).max(Comparator.naturalOrder());
    }

    private static int count(List<HealthAnswer> answers, State state) {
        return (int) answers.stream().filter(answer -> answer.state() == state).count();
    }

    private static int slowest(List<HealthAnswer> answers) {
        return answers.stream()
                .map(HealthAnswer::took)
                .filter(took -> !took.isZero())
                .mapToInt(took -> (int) took.toMillis())
                .max()
                .orElse(-1);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Scope.PERMISSIONS,
                Permission.look("networking.k8s.io", "networkpolicies", "list"),
                Permission.look("", "services/proxy", "get"),
                Permission.look("", "pods/proxy", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
