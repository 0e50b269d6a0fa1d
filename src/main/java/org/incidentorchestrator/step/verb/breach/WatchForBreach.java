package org.incidentorchestrator.step.verb.breach;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Looks once for signs that a breach goes on: images that were not there, containers that were restarted, pods that carry
 * the workload's labels and are not its own, rights that were given, warnings. A timer of the model repeats it for the
 * monitored time. The written runbook says "enhanced monitoring" and not what that is: this, with the verbs for policy
 * violations, connections and the audit log.
 */
@RunbookLines("I04")
@Component
final class WatchForBreach implements Step<WatchForBreach.Input, WatchForBreach.Output> {
    private final MonitoringSettings settings;

    WatchForBreach(MonitoringSettings settings) {
        this.settings = settings;
    }

    /**
     * @param since when the watch began; null when it begins now
     * @param imagesSeen as {@link CollectForensics} gave it; null when nothing did
     */
    record Input(String target, Instant since, String imagesSeen) {}

    /**
     * @param signsText one line, empty without signs; @param imagesSeen those that run now
     * @param watchingSince when the watch began; @param watchOver whether it has lasted as long as it is to
     */
    record Output(int signs, String signsText, String imagesSeen, Instant watchingSince, boolean watchOver) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = subject.pods();
        Instant since = in.since == null ? context.plannedAt() : in.since;
        List<String> signs = new ArrayList<>();
        Images.newSince(in.imagesSeen, pods).forEach(mark -> signs.add("image " + mark + "… was not there before"));
        pods.forEach(pod -> restarts(pod, since, signs));
        strangers(subject, pods, signs);
        Rights.of(pods, subject.target().namespace(), context.cluster()).bindings().stream()
                .filter(binding -> made(binding, since))
                .forEach(binding -> signs.add(binding.kind() + " " + binding.name() + " gives it new rights"));
        warnings(subject, pods, since, context, signs);
        boolean over = !context.plannedAt().isBefore(since.plus(settings.duration()));
        var output = new Output(
                signs.size(), Line.of(String.join("; ", signs), Line.MODEL), Images.marks(pods), since, over);
        String text = signs.isEmpty() ? "none\n" : String.join("\n", signs) + "\n";
        return Plan.look(summary(subject, since, output), output)
                .kubectl(subject.podsLine())
                .keeping(Artefact.text(subject.file("signs.txt"), subject.podsLine(), text));
    }

    private static String summary(Subject subject, Instant since, Output output) {
        return output.signs == 0
                ? "Saw no sign of a breach on %s since %s".formatted(subject.target(), since)
                : "Saw signs of a breach on %s since %s (%d): %s"
                        .formatted(subject.target(), since, output.signs, output.signsText);
    }

    private static void restarts(PodView pod, Instant since, List<String> signs) {
        pod.containerStatuses().stream()
                .filter(status -> status.time("/lastState/terminated/finishedAt")
                        .filter(at -> at.isAfter(since))
                        .isPresent())
                .forEach(status -> signs.add(
                        "container %s of pod %s was restarted".formatted(status.text("/name", ""), pod.name())));
    }

    private static void strangers(Subject subject, List<PodView> own, List<String> signs) {
        Set<String> known = own.stream().map(pod -> pod.pod().uid()).collect(Collectors.toSet());
        subject.workloads().selectedPods(subject.workload()).stream()
                .filter(pod -> !known.contains(pod.uid()))
                .forEach(pod -> signs.add("pod " + pod.name() + " carries its labels and is not its own"));
    }

    private static void warnings(
            Subject subject, List<PodView> pods, Instant since, StepContext context, List<String> signs) {
        Set<String> uids = pods.stream().map(pod -> pod.pod().uid()).collect(Collectors.toSet());
        Query here = Query.in(subject.target().namespace());
        EventView.sorted(context.cluster().list(ResourceType.EVENTS, here)).stream()
                .filter(event -> event.warning() && uids.contains(event.objectUid()))
                .filter(event -> event.at().isAfter(since))
                .forEach(event -> signs.add(event.line()));
    }

    private static boolean made(KubernetesObject object, Instant since) {
        return object.time("/metadata/creationTimestamp")
                .filter(at -> at.isAfter(since))
                .isPresent();
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Permissions.PODS, Rights.PERMISSIONS), Permission.look("", "events", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
