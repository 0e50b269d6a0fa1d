package org.incidentorchestrator.step.verb.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.LiveResources;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Scheduling;
import org.incidentorchestrator.cluster.Scheduling.Blocker;
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
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Describes the pods of a workload that are not ready, or all where all are, or the one that is named, and names the
 * cause where the cluster names it: the worst cause of any pod counts. It picks out what the scheduler says, and where
 * requests and limits differ from the template.
 */
@RunbookLines({"M02", "G01", "E03"})
@Component
final class DescribePod implements Step<DescribePod.Input, DescribePod.Output> {
    /** @param pod the one to describe, of the workload; may be null or empty. One that is gone leaves its siblings */
    record Input(String target, @Nullable String pod) {}

    /**
     * @param cause imagePull, configError, oomKilled, crashLoop, pending, notReady or none
     * @param causeText one line, empty with none
     * @param podGone that the pod that was named is not there any more
     * @param unscheduledPods how many pods have no node
     * @param scheduling what holds most of them up: resources, taint, affinity, volume, nodes, gate, other, or none
     * @param schedulingReasons the scheduler's, of one such pod, with their numbers of nodes; one line, empty with none
     * @param resourcesDiffer where requests and limits are not what the template says; one line, empty when nowhere
     */
    record Output(
            String cause,
            String causeText,
            boolean podGone,
            int unscheduledPods,
            String scheduling,
            String schedulingReasons,
            String resourcesDiffer) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = subject.pods();
        List<PodView> named =
                pods.stream().filter(pod -> pod.name().equals(in.pod())).toList();
        boolean gone = in.pod() != null && !in.pod().isEmpty() && named.isEmpty();
        Query query = Query.in(subject.target().namespace());
        List<EventView> events = EventView.sorted(context.cluster().list(ResourceType.EVENTS, query));
        Trouble trouble = Trouble.of(subject.workload(), named.isEmpty() ? pods : named, events, context.plannedAt());
        Output output = output(subject, trouble, gone, named.isEmpty() ? pods : named);
        Plan<Output> plan = Plan.look(summary(subject, output, in.pod()), output)
                .keeping(Kept.json(
                        subject.file("workload.json"),
                        subject.kubectl().describe(subject.target()),
                        List.of(subject.workload().object())));
        for (PodView pod : described(pods, named)) {
            String line = subject.kubectl().describe(pod.pod().target());
            String text = new PodDescription(pod, events, context.plannedAt()).toString();
            plan = plan.kubectl(line).keeping(Artefact.text(pod.name() + ".txt", line, text));
        }
        return pods.isEmpty() ? plan : plan.keeping(resources(subject, pods));
    }

    private static List<PodView> described(List<PodView> pods, List<PodView> named) {
        List<PodView> unready = pods.stream().filter(pod -> !pod.ready()).toList();
        return !named.isEmpty() ? named : unready.isEmpty() ? pods : unready;
    }

    private static Output output(Subject subject, Trouble trouble, boolean gone, List<PodView> pods) {
        List<Scheduling> held = pods.stream()
                .filter(pod -> !pod.terminating())
                .map(pod -> Scheduling.of(pod.pod()))
                .filter(scheduling -> scheduling.blocker() != Blocker.NONE)
                .toList();
        String differ = live(subject, pods).stream()
                .flatMap(container -> container.differences().stream())
                .distinct()
                .collect(Collectors.joining("; "));
        return new Output(
                trouble.cause().word(),
                Line.of(trouble.text(), Line.MODEL),
                gone,
                held.size(),
                (held.isEmpty() ? Blocker.NONE : held.get(0).blocker()).word(),
                Line.of(held.isEmpty() ? "" : held.get(0).text(), Line.MODEL),
                Line.of(differ, Line.MODEL));
    }

    private static List<LiveResources> live(Subject subject, List<PodView> pods) {
        List<LiveResources> all = new ArrayList<>();
        pods.forEach(pod -> all.addAll(LiveResources.of(subject.workload(), pod.pod())));
        return all;
    }

    private static Artefact resources(Subject subject, List<PodView> pods) {
        return Artefact.text(
                subject.file("resources.txt"),
                subject.kubectl().describe(subject.target()),
                LiveResources.table(live(subject, pods)).toString());
    }

    private static String summary(Subject subject, Output output, String pod) {
        String seen = output.cause.equals("none")
                ? "Saw nothing wrong with the pods of " + subject.target()
                : "Saw why pods of " + subject.target() + " are not well: " + output.causeText;
        String withoutNode =
                output.unscheduledPods == 0 ? "" : "; %d pods have no node".formatted(output.unscheduledPods);
        return seen + withoutNode + (output.podGone ? "; pod " + Line.of(pod, 80) + " is gone" : "");
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
