package org.incidentorchestrator.step.verb.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Adds replicas to a workload, as {@code kubectl scale} does, up to the number that is wanted at least; it never
 * takes any away. The written command sets a number, which scales down what an autoscaler had scaled up.
 */
@RunbookLines({"D05", "M04", "C04"})
@Component
final class ScaleWorkload implements Step<ScaleWorkload.Input, ScaleWorkload.Output> {
    record Input(String target, int atLeast) {}

    record Output(int from, int to) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        WorkloadView workload = subject.workload();
        Refusals.cannotScale(workload);
        Refusals.scaledToZero(workload);
        Refusals.alreadyScaled(workload, in.atLeast);
        int from = workload.desired();
        int to = Math.max(from, in.atLeast);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec").put("replicas", to);
        return Plan.change(
                "Scale %s from %d to %d replicas".formatted(subject.target(), from, to),
                Effects.patch(workload.object(), "scale", body, "/spec/replicas", "/spec/paused"),
                subject.kubectl().scale(subject.target(), from, to),
                new Output(from, to));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Permissions.WORKLOADS, Permissions.OWNERS),
                Permission.change("apps", "deployments", "patch"),
                Permission.change("apps", "statefulsets", "patch"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }

    @Override
    public boolean changes() {
        return true;
    }
}
