package org.incidentorchestrator.step.verb.scaling;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.AutoscalerView;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ScaledObjectView;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Describes what scales a workload by itself, as {@code kubectl describe hpa} does, and says whether it does its work:
 * which lever more replicas need depends on that. It is found by what it scales, not by its name.
 */
@RunbookLines({"C02", "C05"})
@Component
final class DescribeAutoscaler implements Step<DescribeAutoscaler.Input, DescribeAutoscaler.Output> {
    record Input(String target) {}

    /**
     * @param verdict none, responding, atMaximum, notResponding, disabled or unknown
     * @param autoscaler its name; @param scaledObject of KEDA; each empty where there is none
     * @param measured current and target of each metric: {@code cpu 93%/80%}
     */
    record Output(
            String verdict,
            String verdictText,
            String autoscaler,
            String scaledObject,
            String measured,
            int replicas,
            int minReplicas,
            int maxReplicas) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        Scaling scaling = Scaling.of(subject.target(), context.cluster());
        String keda = scaling.scaledObject().map(ScaledObjectView::name).orElse("");
        return scaling.autoscaler()
                .map(autoscaler -> describe(autoscaler, keda, subject, context))
                .orElseGet(() -> none(scaling.scaledObject(), subject));
    }

    private static Plan<Output> describe(AutoscalerView autoscaler, String keda, Subject subject, StepContext context) {
        List<KubernetesObject> events = context.cluster()
                .list(
                        ResourceType.EVENTS,
                        Query.in(subject.target().namespace())
                                .where("involvedObject.uid", autoscaler.object().uid()));
        String text = Line.of(AutoscalerReport.text(autoscaler, context.plannedAt()), Line.MODEL);
        String line = subject.kubectl().describe(autoscaler.object().target());
        var output = new Output(
                autoscaler.state(context.plannedAt()).word(),
                text,
                autoscaler.name(),
                keda,
                Line.of(autoscaler.measured(), Line.MODEL),
                autoscaler.current(),
                autoscaler.min(),
                autoscaler.max());
        return Plan.look(text, output)
                .kubectl(line)
                .keeping(Artefact.text(
                        subject.file("autoscaler.txt"),
                        line,
                        AutoscalerReport.describe(autoscaler, events, context.plannedAt())))
                .keeping(Kept.json(subject.file("autoscaler.json"), line, List.of(autoscaler.object())));
    }

    /** KEDA makes an autoscaler of each ScaledObject: one without is at fault. */
    private static Plan<Output> none(Optional<ScaledObjectView> scaled, Subject subject) {
        int replicas = subject.workload().desired();
        String line = subject.kubectl()
                .list(ResourceType.AUTOSCALERS, Query.in(subject.target().namespace()));
        Output output = scaled.map(one -> new Output(
                        "notResponding",
                        "KEDA has made no autoscaler of ScaledObject " + one.name(),
                        "",
                        one.name(),
                        "",
                        replicas,
                        one.min(),
                        one.max()))
                .orElseGet(() ->
                        new Output("none", "no autoscaler scales " + subject.target(), "", "", "", replicas, 0, 0));
        return Plan.look(output.verdictText(), output).kubectl(line);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.WORKLOADS,
                Permission.look("autoscaling", "horizontalpodautoscalers", "list"),
                Permission.look("keda.sh", "scaledobjects", "list"),
                Permission.look("", "events", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
