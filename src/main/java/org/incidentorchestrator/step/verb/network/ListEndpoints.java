package org.incidentorchestrator.step.verb.network;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.incidentorchestrator.cluster.EndpointView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists who is behind services, and why nobody is: from endpoint slices, because {@code kubectl get endpoints} is
 * deprecated and shows neither who terminates nor more than a thousand addresses. An address counts once for each
 * service, over slices and address families.
 */
@RunbookLines("U01")
@Component
final class ListEndpoints implements Step<ListEndpoints.Input, ListEndpoints.Output> {
    private final Reach reach;

    ListEndpoints(Reach reach) {
        this.reach = reach;
    }

    /** @param target a workload, then its services only; may be null or empty */
    record Input(String namespace, @Nullable String target) {}

    /**
     * Addresses, counted once for each service.
     *
     * @param lack what the worst of the services lacks: none, noSlice, noSelector, podsNotReady, portNotDeclared,
     *     selectsNothing; noService where there is no service at all
     * @param lackText one line
     */
    record Output(int services, int ready, int notReady, int terminating, String lack, String lackText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Scope scope = Scope.of(in.namespace(), in.target(), reach, context);
        List<ServiceState> states = ServiceState.read(scope);
        List<EndpointView> endpoints =
                states.stream().flatMap(state -> state.endpoints().stream()).toList();
        Output output = output(scope, states, endpoints);
        String line = scope.line(ResourceType.ENDPOINT_SLICES);
        return Plan.look(
                        "%s has %d ready endpoints, %d not ready, %d terminating; %s"
                                .formatted(scope, output.ready, output.notReady, output.terminating, output.lackText),
                        output)
                .kubectl(line)
                .keeping(Artefact.text(
                        scope.file("endpoints.txt"),
                        line,
                        EndpointView.table(endpoints).toString()));
    }

    private static Output output(Scope scope, List<ServiceState> states, List<EndpointView> endpoints) {
        Optional<ServiceState> worst = states.stream().max(Comparator.comparing(ServiceState::lack));
        return new Output(
                states.size(),
                count(endpoints, EndpointView::reached),
                count(endpoints, each -> !each.reached() && !each.terminating()),
                count(endpoints, each -> !each.reached() && each.terminating()),
                worst.map(state -> state.lack().word()).orElse("noService"),
                Line.of(worst.map(ListEndpoints::text).orElse("there is no service for " + scope), Line.MODEL));
    }

    private static String text(ServiceState worst) {
        return worst.lack() == Lack.NONE ? "no service lacks any" : worst.why();
    }

    private static int count(List<EndpointView> endpoints, Predicate<EndpointView> which) {
        return (int) endpoints.stream()
                .filter(which)
                .map(each -> each.service() + " " + (each.pod().isEmpty() ? each.address() : each.pod()))
                .distinct()
                .count();
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
