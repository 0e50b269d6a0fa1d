package org.incidentorchestrator.step.verb;

import java.util.Set;
import org.incidentorchestrator.cluster.RolloutView;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.springframework.stereotype.Component;

/**
 * Looks how far the rollout of a workload is, once: {@code kubectl rollout status} would wait. What waits is a timer
 * in the model.
 */
@Component
final class CheckRollout implements Step<CheckRollout.Input, CheckRollout.Output> {
    record Input(String target) {}

    /** @param rollout complete, progressing, stalled or paused; @param desired and @param ready in pods */
    record Output(String rollout, int desired, int ready) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        WorkloadView workload = subject.workload();
        RolloutView rollout = RolloutView.of(workload);
        return Plan.look(
                        "The rollout of %s is %s: %s"
                                .formatted(subject.target(), rollout.state().word(), rollout.text()),
                        new Output(rollout.state().word(), workload.desired(), workload.ready()))
                .kubectl(subject.kubectl().rolloutStatus(subject.target()));
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public Class<Output> output() {
        return Output.class;
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
