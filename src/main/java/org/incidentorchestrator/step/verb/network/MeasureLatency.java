package org.incidentorchestrator.step.verb.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Measures how long a service takes to answer, five times: from a pod of the workload where one has {@code curl}, else
 * through the API server, whose own way is then part of it. The runbook pings the service, whose address answers no ICMP;
 * a pod behind it is pinged in addition, where that is possible, to tell a slow network from a slow program.
 */
@RunbookLines("S02")
@Component
final class MeasureLatency implements Step<MeasureLatency.Input, MeasureLatency.Output> {
    private final ClusterSettings cluster;
    private final HealthSettings settings;

    MeasureLatency(ClusterSettings cluster, HealthSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** @param target whose pods ask; @param service of the same namespace; null or empty for the target's own */
    record Input(String target, @Nullable String service) {}

    /**
     * Times in milliseconds; -1 where nothing was measured.
     *
     * @param from pod, apiServer, or nowhere when nothing could be measured
     * @param answers how many of the attempts were answered; @param attempts usually 5, fewer when nothing comes back
     * @param connect until the connection stood, half of the time; known from a pod alone
     * @param ping on average; -1 where it could not be sent or nothing came back, which proves nothing
     */
    record Output(
            String from, int attempts, int answers, int p50, int max, int connect, double ping, String latencyText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String name = in.service() == null ? "" : in.service();
        if (!name.isEmpty() && !Target.isName(name)) {
            throw StepFailure.badInput(
                    "'" + Line.of(name, 80) + "' cannot be a service's name.",
                    "Name a service of the target's namespace, or none for its own.");
        }
        Scope scope = Scope.inside(in.target(), cluster, context);
        Subject subject = scope.workload();
        ServiceState state = ServiceState.read(name.isEmpty() ? scope : scope.whole()).stream()
                .filter(each -> name.isEmpty() || each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> StepFailure.notFound(
                        "There is no service " + (name.isEmpty() ? "of " + subject.target() : name) + " in namespace "
                                + scope.namespace() + ".",
                        "List the services, and name one of them."));
        return HealthAddress.of(state, settings)
                .map(address -> measure(scope, subject, state, address))
                .orElseGet(() -> Plan.look(
                        "Measured nothing: service " + state.name() + " has no port of which anything says that it"
                                + " speaks HTTP",
                        new Output("nowhere", 0, 0, -1, -1, -1, -1, "no port of " + state.name() + " speaks HTTP")));
    }

    private static Plan<Output> measure(Scope scope, Subject subject, ServiceState state, HealthAddress address) {
        Stopwatch stopwatch = new Stopwatch(scope, address);
        List<PodView> askers = subject.pods().stream()
                .filter(pod -> pod.ready() && !pod.terminating())
                .toList();
        Optional<Timings> inside = stopwatch.fromPod(askers);
        Timings timings = inside.orElseGet(stopwatch::throughApiServer);
        OptionalDouble ping = stopwatch.ping(askers, state);
        Output output = timings.output(inside.isPresent() ? "pod" : "apiServer", ping, address.url());
        return new Plan<>(
                output.latencyText,
                List.of(),
                stopwatch.lines(),
                List.of(Artefact.text(
                        subject.file("latency.txt"),
                        stopwatch.lines().isEmpty() ? "" : stopwatch.lines().get(0),
                        stopwatch.report())),
                output);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Scope.PERMISSIONS, Scope.EXEC), Permission.look("", "services/proxy", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
