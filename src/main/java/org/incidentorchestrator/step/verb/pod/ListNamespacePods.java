package org.incidentorchestrator.step.verb.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
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
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists the pods of a namespace, or of all that are ours, with the status that kubectl makes of them, those in trouble
 * first. The written command lists every namespace, which takes a right over the whole cluster.
 */
@RunbookLines({"Q03", "Q04", "D01"})
@Component
final class ListNamespacePods implements Step<ListNamespacePods.Input, ListNamespacePods.Output> {
    /** Of a table, so that one file can be read. */
    private static final int PAGE = 500;
    /** Of pods in trouble that are kept whole. */
    private static final int WHOLE = 50;
    /** How long after its grace period a pod may still be ending. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final Reach reach;

    ListNamespacePods(Reach reach) {
        this.reach = reach;
    }

    /** @param namespace one of ours; may be null or empty for all of them */
    record Input(@Nullable String namespace) {}

    /**
     * @param readyPods their Ready condition is True; Running alone says nothing of it
     * @param troubledPods neither ready nor done, or ending for longer than they may
     * @param restarts of all containers, as long as the pods live
     * @param podTrouble one line, those in trouble with their status; empty when there are none
     */
    record Output(int pods, int readyPods, int troubledPods, int restarts, String podTrouble) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        List<String> namespaces = reach.namespaces(in.namespace());
        Instant now = context.plannedAt();
        List<PodView> pods = namespaces.stream()
                .flatMap(namespace -> context.cluster().list(ResourceType.PODS, Query.in(namespace)).stream())
                .map(PodView::of)
                .sorted(Comparator.comparing((PodView pod) -> !troubled(pod, now)))
                .toList();
        List<PodView> troubled = pods.stream().filter(pod -> troubled(pod, now)).toList();
        Output output = output(pods, troubled);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        List<String> lines = namespaces.stream()
                .map(namespace -> kubectl.list(ResourceType.PODS, Query.in(namespace)))
                .toList();
        return new Plan<>(
                summary(namespaces, output),
                List.of(),
                lines,
                kept(pods, troubled, String.join("; ", lines), now),
                output);
    }

    private static Output output(List<PodView> pods, List<PodView> troubled) {
        String trouble = troubled.stream()
                .map(pod -> pod.name() + " is " + pod.status() + " (" + pod.readyContainers() + "/" + pod.containers()
                        + ")")
                .collect(Collectors.joining(", "));
        return new Output(
                pods.size(),
                (int) pods.stream().filter(PodView::ready).count(),
                troubled.size(),
                pods.stream().mapToInt(PodView::restarts).sum(),
                Line.of(trouble, Line.MODEL));
    }

    private static List<Artefact> kept(List<PodView> pods, List<PodView> troubled, String source, Instant now) {
        List<Artefact> kept = new ArrayList<>();
        for (int from = 0; from == 0 || from < pods.size(); from += PAGE) {
            List<PodView> page = pods.subList(from, Math.min(from + PAGE, pods.size()));
            kept.add(Artefact.text(
                    from == 0 ? "pods.txt" : "pods-" + (from / PAGE + 1) + ".txt",
                    source,
                    PodView.tableOfAll(page, now).toString()));
        }
        if (!troubled.isEmpty()) {
            kept.add(Kept.json(
                    "pods-in-trouble.json",
                    source,
                    troubled.stream().limit(WHOLE).map(PodView::pod).toList()));
        }
        return kept;
    }

    private static boolean troubled(PodView pod, Instant now) {
        if (pod.terminating()) {
            return pod.pod()
                    .time("/metadata/deletionTimestamp")
                    .filter(due -> due.plus(LATE).isBefore(now))
                    .isPresent();
        }
        return !pod.ready() && !pod.pod().text("/status/phase", "").equals("Succeeded");
    }

    private static String summary(List<String> namespaces, Output output) {
        return "%d of %d pods of %s are ready, %d are in trouble, %d restarts"
                .formatted(
                        output.readyPods,
                        output.pods,
                        String.join(", ", namespaces),
                        output.troubledPods,
                        output.restarts);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.look("", "pods", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
