package org.incidentorchestrator.step.verb.network;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServiceView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists services as {@code kubectl get services -o wide} does, and says what that does not show: which of them have no
 * ready endpoint, and which lead a port to a name that none of their pods declares.
 */
@RunbookLines("Q05")
@Component
final class ListServices implements Step<ListServices.Input, ListServices.Output> {
    private final Reach reach;

    ListServices(Reach reach) {
        this.reach = reach;
    }

    /** @param target a workload, then its services only; may be null or empty */
    record Input(String namespace, @Nullable String target) {}

    /**
     * @param withoutReady services without any ready endpoint; names of elsewhere (ExternalName) are not among them
     * @param undeclaredPorts ports of services that lead to a name that none of their pods declares
     * @param servicesText what is wrong with them, one line; empty when nothing is
     */
    record Output(int services, int withoutReady, int undeclaredPorts, String servicesText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Scope scope = Scope.of(in.namespace(), in.target(), reach, context);
        List<ServiceState> states = ServiceState.read(scope);
        var output = new Output(
                states.size(),
                (int) states.stream().filter(ListServices::lacks).count(),
                states.stream().mapToInt(state -> state.undeclared().size()).sum(),
                Line.of(wrong(states), Line.MODEL));
        String line = scope.line(ResourceType.SERVICES);
        List<ServiceView> services = states.stream().map(ServiceState::service).toList();
        return Plan.look(summary(scope, output), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        scope.file("services.txt"),
                        line,
                        ServiceView.table(services, context.plannedAt()).toString()))
                .keeping(Kept.json(
                        scope.file("services.json"),
                        line,
                        services.stream().map(ServiceView::service).toList()));
    }

    private static boolean lacks(ServiceState state) {
        return state.lack() != Lack.NONE;
    }

    private static String wrong(List<ServiceState> states) {
        return states.stream()
                .flatMap(state -> lacks(state)
                        ? Stream.of(state.why())
                        : state.undeclared().isEmpty() ? Stream.empty() : Stream.of(state.undeclaredText()))
                .collect(Collectors.joining("; "));
    }

    private static String summary(Scope scope, Output output) {
        return "%d of %d services of %s have no ready endpoint%s"
                .formatted(
                        output.withoutReady,
                        output.services,
                        scope,
                        output.servicesText.isEmpty() ? "" : ": " + output.servicesText);
    }

    @Override
    public Set<Permission> permissions() {
        return Scope.PERMISSIONS;
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
