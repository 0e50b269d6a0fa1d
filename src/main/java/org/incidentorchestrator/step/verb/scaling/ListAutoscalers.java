package org.incidentorchestrator.step.verb.scaling;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.AutoscalerView;
import org.incidentorchestrator.cluster.AutoscalerView.State;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/** Lists the autoscalers of a namespace, as {@code kubectl get hpa} does, and says of each whether it does its work. */
@RunbookLines("C03")
@Component
final class ListAutoscalers implements Step<ListAutoscalers.Input, ListAutoscalers.Output> {
    private final ClusterSettings settings;

    ListAutoscalers(ClusterSettings settings) {
        this.settings = settings;
    }

    record Input(String namespace) {}

    /** @param listText those that do not respond or are at their maximum, in one line; empty when there is none */
    record Output(int autoscalers, int notResponding, int atMaximum, String listText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        if (in.namespace() == null || !settings.allows(in.namespace())) {
            throw StepFailure.badInput(
                    "'%s' is not one of our namespaces.".formatted(Line.of(String.valueOf(in.namespace()), 80)),
                    "Name one of the setting cluster.namespaces.");
        }
        List<AutoscalerView> all = Scaling.autoscalers(in.namespace(), context.cluster());
        List<AutoscalerView> stuck = in(State.NOT_RESPONDING, all, context);
        List<AutoscalerView> full = in(State.AT_MAXIMUM, all, context);
        String line =
                KubectlText.of(context.cluster().cluster()).list(ResourceType.AUTOSCALERS, Query.in(in.namespace()));
        return Plan.look(
                        "%d autoscalers in %s: %d do not respond, %d are at their maximum"
                                .formatted(all.size(), in.namespace(), stuck.size(), full.size()),
                        new Output(all.size(), stuck.size(), full.size(), text(stuck, full, context)))
                .kubectl(line)
                .keeping(Artefact.text(
                        in.namespace() + "-autoscalers.txt",
                        line,
                        AutoscalerView.table(all, context.plannedAt()).toString()))
                .keeping(Kept.json(
                        in.namespace() + "-autoscalers.json",
                        line,
                        all.stream().map(AutoscalerView::object).toList()));
    }

    private static List<AutoscalerView> in(State state, List<AutoscalerView> all, StepContext context) {
        return all.stream()
                .filter(one -> one.state(context.plannedAt()) == state)
                .toList();
    }

    private static String text(List<AutoscalerView> stuck, List<AutoscalerView> full, StepContext context) {
        return Line.of(
                Stream.concat(stuck.stream(), full.stream())
                        .map(one -> AutoscalerReport.text(one, context.plannedAt()))
                        .collect(Collectors.joining(" | ")),
                Line.MODEL);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.look("autoscaling", "horizontalpodautoscalers", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
