package org.incidentorchestrator.step.verb.pod;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Reach;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Reads the last lines of the logs of every container of a workload's pods, in one of our namespaces or in one that may
 * be looked at, and counts those that tell of an error: {@code kubectl logs deployment/x} shows one pod of several.
 */
@RunbookLines({"Q06", "Q07", "E01", "V03"})
@Component
final class TailLogs implements Step<TailLogs.Input, TailLogs.Output> {
    private static final int MOST_LINES = 5_000;
    private static final int LIMIT_BYTES = 512 * 1024;

    private final Reach reach;

    TailLogs(Reach reach) {
        this.reach = reach;
    }

    /** @param lines the last of each container, 1 to 5,000 */
    record Input(String target, int lines) {}

    /**
     * What the lines say is kept, redacted, and stays out of the models.
     *
     * @param logs how many were kept, one for each container
     * @param missingLogs how many could not be had
     * @param errorLines that have a word of failure in them
     * @param errorKinds how many of these are left when numbers, times and ids are taken out
     */
    record Output(int logs, int missingLogs, int errorLines, int errorKinds) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        refuseUnfit(in.lines);
        Subject subject = Subject.find(reach.target(in.target).id(), context);
        List<PodView> pods = subject.pods();
        LogHarvest harvest = new LogHarvest(subject, context.cluster())
                .gather(pods.stream()
                        .sorted(Comparator.comparing(PodView::ready))
                        .flatMap(pod -> pod.containerNames().stream().map(container -> query(pod, container, in.lines)))
                        .toList());
        ErrorLines errors = new ErrorLines();
        harvest.kept().forEach(log -> errors.take(log.content()));
        var output = new Output(harvest.kept().size(), harvest.missing().size(), errors.lines(), errors.kinds());
        return new Plan<>(
                summary(subject, pods.size(), output, in.lines),
                List.of(),
                harvest.kept().stream().map(Artefact::source).toList(),
                kept(subject, harvest, errors),
                output);
    }

    private static void refuseUnfit(int lines) {
        if (lines < 1 || lines > MOST_LINES) {
            throw StepFailure.refused(
                    "badNumberOfLines",
                    "The logs were not read: " + lines + " is not a number of last lines.",
                    "Set the input 'lines' to 1 to " + MOST_LINES + ", for example 100.");
        }
    }

    private static List<Artefact> kept(Subject subject, LogHarvest harvest, ErrorLines errors) {
        List<Artefact> kept = new ArrayList<>(harvest.kept());
        if (errors.lines() > 0) {
            kept.add(Artefact.text(
                    subject.file("errors.txt"),
                    subject.podsLine(),
                    errors.table().toString()));
        }
        if (!harvest.missing().isEmpty()) {
            String text = String.join("\n", harvest.missing()) + "\n";
            kept.add(Artefact.text(subject.file("logs-missing.txt"), subject.podsLine(), text));
        }
        return kept;
    }

    private static String summary(Subject subject, int pods, Output output, int lines) {
        String read = "Read the last %d lines of %d logs of %d pods of %s: %d tell of errors, of %d kinds"
                .formatted(lines, output.logs, pods, subject.target(), output.errorLines, output.errorKinds);
        return output.missingLogs == 0 ? read : read + "; %d logs could not be had".formatted(output.missingLogs);
    }

    private static LogQuery query(PodView pod, String container, int lines) {
        return new LogQuery(pod.pod().namespace(), pod.name(), container, false, lines, LIMIT_BYTES);
    }

    @Override
    public Set<Permission> permissions() {
        Set<Permission> here = Permissions.pods(Permission.look("", "pods/log", "get"));
        return Permissions.both(here, Permissions.at(Place.LOOKED_AT, here));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
