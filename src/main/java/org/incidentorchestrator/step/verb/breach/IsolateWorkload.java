package org.incidentorchestrator.step.verb.breach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Refusals;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Takes a workload off: 0 replicas, so that it stays at 0. With its pods go their logs, their /tmp, their connections:
 * what is to be kept has to be kept before. What it was before is noted on it. Needs a second person's approval; undone
 * by restoreWorkload.
 */
@RunbookLines("I01")
@Component
final class IsolateWorkload implements Step<IsolateWorkload.Input, IsolateWorkload.Output> {
    record Input(String target) {}

    /**
     * @param lever replicas, pausedReplicas, nodeSelector or suspend
     * @param changed id of what is changed; @param pods that end
     */
    record Output(String lever, String changed, int pods) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        Scaling scaling = Scaling.of(subject.target(), context.cluster());
        Isolation isolation = Isolation.of(subject.workload(), scaling);
        refuseScaledFromZero(scaling);
        Refusals.refuse(
                isolation.done(),
                "alreadyIsolated",
                "%s is off already%s."
                        .formatted(
                                subject.target(),
                                isolation
                                        .incident()
                                        .map(incident -> ", for " + incident)
                                        .orElse("")),
                "See whether any of its pods is left.");
        String incident = context.incident().map(one -> one.number().toString()).orElse("");
        ObjectNode body = isolation.off(incident);
        int pods = subject.pods().size();
        return Plan.change(
                "Isolate %s by %s: end its %d pods, with their logs and files"
                        .formatted(subject.target(), isolation.text(), pods),
                Effects.patchForGoodAs(Identity.ISOLATE, isolation.object(), "isolate", body),
                subject.kubectl().patch(isolation.object(), body),
                new Output(isolation.lever(), isolation.object().target().id(), pods));
    }

    /** 0 replicas switch an autoscaler off, but for one that may scale to 0 itself: it would scale up from there. */
    private static void refuseScaledFromZero(Scaling scaling) {
        scaling.autoscaler()
                .filter(autoscaler -> autoscaler.min() == 0)
                .filter(autoscaler -> scaling.scaledObject().isEmpty())
                .ifPresent(autoscaler -> {
                    throw StepFailure.refused(
                            "scaledFromZero",
                            "HorizontalPodAutoscaler %s has minReplicas 0: it would scale up again from 0 by itself."
                                    .formatted(autoscaler.name()),
                            "Delete the autoscaler by hand, or set its minReplicas to 1; then isolate.");
                });
    }

    @Override
    public Set<Permission> permissions() {
        return Isolation.PERMISSIONS;
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public boolean needsApproval() {
        return true;
    }
}
