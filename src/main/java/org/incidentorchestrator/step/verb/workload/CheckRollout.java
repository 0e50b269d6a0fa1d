package org.incidentorchestrator.step.verb.workload;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.RolloutView;
import org.incidentorchestrator.cluster.RolloutView.State;
import org.incidentorchestrator.cluster.WorkloadView;
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
 * Looks how far the rollout of a workload is, once: {@code kubectl rollout status} would wait. What waits is a timer
 * in the model, which hands the time back in. A Deployment says itself when it has stalled, a StatefulSet or DaemonSet
 * never does: what has not rolled out by the setting {@code rollout.deadline} counts as stalled.
 */
@RunbookLines("P05")
@Component
final class CheckRollout implements Step<CheckRollout.Input, CheckRollout.Output> {
    private final RolloutSettings settings;

    CheckRollout(RolloutSettings settings) {
        this.settings = settings;
    }

    /** @param awaitingSince null at first */
    record Input(String target, Instant awaitingSince) {}

    /** @param rollout complete, progressing, stalled or paused; @param desired and @param ready in pods */
    record Output(String rollout, int desired, int ready, Instant awaitingSince) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        WorkloadView workload = subject.workload();
        RolloutView rollout = RolloutView.of(workload);
        Instant since = Optional.ofNullable(in.awaitingSince).orElse(context.plannedAt());
        boolean late =
                rollout.state() == State.PROGRESSING && !context.plannedAt().isBefore(since.plus(settings.deadline()));
        String word = late ? State.STALLED.word() : rollout.state().word();
        String text = late
                ? "not complete within %d s, ".formatted(settings.deadline().toSeconds())
                : "";
        return Plan.look(
                        "The rollout of %s is %s: %s%s".formatted(subject.target(), word, text, rollout.text()),
                        new Output(word, workload.desired(), workload.ready(), since))
                .kubectl(subject.kubectl().rolloutStatus(subject.target()));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.WORKLOADS;
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
