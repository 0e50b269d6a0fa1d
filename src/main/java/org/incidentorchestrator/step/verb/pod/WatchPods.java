package org.incidentorchestrator.step.verb.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells whether the pods of a workload are stable: all that are wanted are ready, have been for a while, and none has
 * restarted meanwhile. A timer of the model looks again; the written command watches without end. It goes by the times
 * that the cluster keeps, so that what happened between two looks, or while nobody looked, counts as well.
 */
@RunbookLines("P06")
@Component
final class WatchPods implements Step<WatchPods.Input, WatchPods.Output> {
    private final WatchSettings settings;

    WatchPods(WatchSettings settings) {
        this.settings = settings;
    }

    /** @param watchingSince null at first, then as the output gave it */
    record Input(String target, @Nullable Instant watchingSince) {}

    /**
     * @param stability stable, settling, unstable (not stable at the deadline), or empty (no pods are wanted: that says
     *     nothing)
     * @param stableSeconds how long they have been ready without a restart; 0 while one is not
     * @param stabilityText one line
     */
    record Output(
            String stability,
            int pods,
            int readyPods,
            int stableSeconds,
            Instant watchingSince,
            String stabilityText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        Instant now = context.plannedAt();
        Instant since = Optional.ofNullable(in.watchingSince).orElse(now);
        int wanted = subject.workload().desired();
        List<PodView> pods = subject.pods().stream()
                .filter(pod -> !pod.terminating() && !pod.ended())
                .toList();
        int ready = (int) pods.stream().filter(PodView::ready).count();
        boolean all = ready >= wanted && ready == pods.size();
        long held = all && wanted > 0 ? held(pods, now).toSeconds() : 0;
        String stability = stability(wanted, all, held, Duration.between(since, now));
        String text = text(subject, stability, wanted, ready, held);
        String line = subject.podsLine();
        return Plan.look(text, new Output(stability, pods.size(), ready, (int) held, since, text))
                .kubectl(line)
                .keeping(Artefact.text(
                        subject.file("pods.txt"), line, PodView.table(pods, now).toString()));
    }

    private String stability(int wanted, boolean all, long held, Duration watched) {
        if (wanted == 0) {
            return "empty";
        }
        if (all && held >= settings.hold().toSeconds()) {
            return "stable";
        }
        return watched.compareTo(settings.deadline()) >= 0 ? "unstable" : "settling";
    }

    /** Since the latest of what any of them did last: become ready, or restart. */
    private static Duration held(List<PodView> pods, Instant now) {
        Instant latest = pods.stream()
                .flatMap(pod -> Stream.of(pod.readinessSince().or(pod::created), pod.lastRestart())
                        .flatMap(Optional::stream))
                .max(Comparator.naturalOrder())
                .orElse(now);
        Duration held = Duration.between(latest, now);
        return held.isNegative() ? Duration.ZERO : held;
    }

    private String text(Subject subject, String stability, int wanted, int ready, long held) {
        String state = "%d of %d wanted pods of %s are ready".formatted(ready, wanted, subject.target());
        return switch (stability) {
            case "empty" -> subject.target() + " wants no pods: that they are well says nothing";
            case "stable" -> state + ", without a restart for %d s".formatted(held);
            case "unstable" ->
                state + ", and were not stable within " + settings.deadline().toSeconds() + " s";
            default ->
                state + ", for %d of %d s".formatted(held, settings.hold().toSeconds());
        };
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.PODS;
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
