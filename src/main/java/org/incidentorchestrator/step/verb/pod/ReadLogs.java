package org.incidentorchestrator.step.verb.pod;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Keeps the logs of every container of a workload's pods, of those that initialise too, and of the previous instance
 * where one ended: {@code kubectl logs deployment/x} shows one pod only. The pods in trouble come first. A container
 * that has not started has no log, which is an answer; a node that does not give its logs out costs these logs, not
 * the run.
 */
@RunbookLines({"Q06", "Q07", "M03"})
@Component
final class ReadLogs implements Step<ReadLogs.Input, ReadLogs.Output> {
    private static final int TAIL_LINES = 2_000;
    private static final int LIMIT_BYTES = 512 * 1024;

    record Input(String target) {}

    /** How many were kept. @param logs of the instances that run or ran last; @param previousLogs of those before */
    record Output(int logs, int previousLogs) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = subject.pods();
        LogHarvest harvest = new LogHarvest(subject, context.cluster())
                .gather(pods.stream()
                        .sorted(Comparator.comparing(PodView::ready))
                        .flatMap(pod -> queries(pod))
                        .toList());
        List<Artefact> kept = new ArrayList<>(harvest.kept());
        if (!harvest.missing().isEmpty()) {
            String text = String.join("\n", harvest.missing()) + "\n";
            kept.add(Artefact.text(subject.file("logs-missing.txt"), subject.podsLine(), text));
        }
        int logs = harvest.kept().size();
        String summary = "Kept %d logs of %d pods of %s, %d of them of previous instances; %d could not be had"
                .formatted(
                        logs,
                        pods.size(),
                        subject.target(),
                        harvest.previous(),
                        harvest.missing().size());
        List<String> lines = harvest.kept().stream().map(Artefact::source).toList();
        return new Plan<>(summary, List.of(), lines, kept, new Output(logs - harvest.previous(), harvest.previous()));
    }

    private static Stream<LogQuery> queries(PodView pod) {
        return pod.containerNames().stream().flatMap(container -> {
            boolean restarted = pod.containerStatus(container)
                    .filter(status -> status.number("/restartCount", 0) > 0)
                    .isPresent();
            return Stream.concat(
                    Stream.of(query(pod, container, false)),
                    restarted ? Stream.of(query(pod, container, true)) : Stream.empty());
        });
    }

    private static LogQuery query(PodView pod, String container, boolean previous) {
        return new LogQuery(pod.pod().namespace(), pod.name(), container, previous, TAIL_LINES, LIMIT_BYTES);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(Permission.look("", "pods/log", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
