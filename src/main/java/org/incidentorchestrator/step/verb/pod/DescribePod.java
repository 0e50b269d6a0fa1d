package org.incidentorchestrator.step.verb.pod;

import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
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
 * Describes the pods of a workload that are not ready, or all where all are, and names the cause where the cluster
 * names it. The worst cause of any pod counts.
 */
@RunbookLines({"M02", "G01", "E03"})
@Component
final class DescribePod implements Step<DescribePod.Input, DescribePod.Output> {
    record Input(String target) {}

    /**
     * @param cause imagePull, configError, oomKilled, crashLoop, pending, notReady or none
     * @param causeText one line, empty with none
     */
    record Output(String cause, String causeText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = subject.pods();
        Query query = Query.in(subject.target().namespace());
        List<EventView> events = EventView.sorted(context.cluster().list(ResourceType.EVENTS, query));
        Trouble trouble = Trouble.of(subject.workload(), pods, events, context.plannedAt());
        var output = new Output(trouble.cause().word(), Line.of(trouble.text(), Line.MODEL));
        List<PodView> unready = pods.stream().filter(pod -> !pod.ready()).toList();
        List<PodView> described = unready.isEmpty() ? pods : unready;
        Plan<Output> plan = Plan.look(summary(subject, output), output)
                .keeping(Kept.json(
                        subject.file("workload.json"),
                        subject.kubectl().describe(subject.target()),
                        List.of(subject.workload().object())));
        for (PodView pod : described) {
            String line = subject.kubectl().describe(pod.pod().target());
            String text = new PodDescription(pod, events, context.plannedAt()).toString();
            plan = plan.kubectl(line).keeping(Artefact.text(pod.name() + ".txt", line, text));
        }
        return plan;
    }

    private static String summary(Subject subject, Output output) {
        return output.cause.equals("none")
                ? "Saw nothing wrong with the pods of " + subject.target()
                : "Saw why pods of " + subject.target() + " are not well: " + output.causeText;
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(Permission.look("", "events", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
