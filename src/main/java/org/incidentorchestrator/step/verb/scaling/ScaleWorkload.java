package org.incidentorchestrator.step.verb.scaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.QuotaRoom;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Fields;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Refusals;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Gives a workload the replicas that are wanted at least; it never takes any away. The written command sets a number,
 * which scales down what an autoscaler had scaled up, and which an autoscaler takes back within seconds. So it moves the
 * lever that holds: the replicas where nobody else sets them, or where the autoscaler cannot; else the lower bound of
 * the autoscaler, or its upper one where it is at that; of an autoscaler that KEDA made, those of the ScaledObject.
 * Undone by {@link org.incidentorchestrator.step.RecordedChanges}.
 */
@RunbookLines({"D05", "M04", "C04", "A06"})
@Component
final class ScaleWorkload implements Step<ScaleWorkload.Input, ScaleWorkload.Output> {
    private final LeaseSettings lease;

    ScaleWorkload(LeaseSettings lease) {
        this.lease = lease;
    }

    /** @param temporary whether it is to be taken back after the setting {@code lease.duration} (runbook M04) */
    record Input(String target, int atLeast, boolean temporary) {}

    /**
     * @param lever replicas, minReplicas, maxReplicas, bounds, minReplicaCount, maxReplicaCount or counts
     * @param changed id of what is changed: the workload itself, or what scales it
     * @param from what the lever was; @param to what it becomes
     * @param leaseUntil null when it is for good
     */
    record Output(String lever, String changed, int from, int to, Instant leaseUntil) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        WorkloadView workload = subject.workload();
        refuseUnfit(workload, in.atLeast);
        Lever lever =
                Lever.of(workload, Scaling.of(subject.target(), context.cluster()), in.atLeast, context.plannedAt());
        refuseWithoutQuota(subject, lever.to(), context);
        Optional<Instant> until = Optional.of(
                        context.plannedAt().plus(lease.duration()).truncatedTo(ChronoUnit.SECONDS))
                .filter(time -> in.temporary);
        ObjectNode body = lever.body();
        until.ifPresent(time -> new Lease(time, owner(context)).into(body));
        String[] before = lever.word().equals("replicas") ? new String[] {"/spec/paused"} : new String[0];
        return Plan.change(
                summary(lever, workload) + until.map(time -> ", until " + time).orElse(""),
                Effects.patch(lever.object(), "scale", body, before),
                line(lever, subject, body),
                new Output(lever.word(), lever.object().target().id(), lever.from(), lever.to(), until.orElse(null)));
    }

    private static void refuseUnfit(WorkloadView workload, int atLeast) {
        if (atLeast < 1) {
            throw StepFailure.badInput(
                    "%d replicas cannot be what %s is to have at least.".formatted(atLeast, workload.target()),
                    "Name a number of 1 or more; to switch it off is another step.");
        }
        Refusals.cannotScale(workload);
        Refusals.scaledToZero(workload);
        Refusals.refuse(
                workload.desired() >= atLeast,
                "alreadyScaled",
                workload.target() + " has " + workload.desired() + " replicas already, " + atLeast + " were asked for.",
                "More replicas do not help here: go on with the next remedy.");
    }

    /** A workload that wants more pods than the quota allows is taken by the API server, and gets no pod. */
    private static void refuseWithoutQuota(Subject subject, int to, StepContext context) {
        WorkloadView workload = subject.workload();
        Amounts more = QuotaRoom.of(workload.template().at("/spec"), Math.max(0, to - workload.desired()));
        QuotaRoom.in(subject.target().namespace(), context.cluster())
                .refusal(more)
                .ifPresent(why -> {
                    throw StepFailure.refused(
                            "quotaExceeded",
                            "%s would get no pods for %d replicas: %s.".formatted(subject.target(), to, why),
                            "Have the quota raised, or look for another remedy.");
                });
    }

    private static String summary(Lever lever, WorkloadView workload) {
        return lever.word().equals("replicas")
                ? "Scale %s from %d to %d replicas: %s"
                        .formatted(workload.target(), lever.from(), lever.to(), lever.why())
                : "Scale %s (%d replicas) by %s of %s, from %d to %d: %s"
                        .formatted(
                                workload.target(),
                                workload.desired(),
                                String.join(
                                        " and ",
                                        lever.fields().keySet().stream()
                                                .sorted()
                                                .toList()),
                                lever.object().target(),
                                lever.from(),
                                lever.to(),
                                lever.why());
    }

    private static String owner(StepContext context) {
        return context.incident().map(incident -> incident.number().toString()).orElse("");
    }

    /** The replicas by themselves are what {@code kubectl scale} sets; all else is a patch. */
    private static String line(Lever lever, Subject subject, ObjectNode body) {
        if (lever.word().equals("replicas") && !body.has("metadata")) {
            return subject.kubectl().scale(subject.target(), lever.from(), lever.to());
        }
        return subject.kubectl().patch(lever.object(), body);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Permissions.WORKLOADS, Permissions.OWNERS),
                Permission.look("", "resourcequotas", "list"),
                Permission.change("apps", "deployments", "patch").only(Fields.REPLICAS),
                Permission.change("apps", "statefulsets", "patch").only(Fields.REPLICAS),
                Permission.change("autoscaling", "horizontalpodautoscalers", "patch")
                        .only(Fields.BOUNDS),
                Permission.change("keda.sh", "scaledobjects", "patch").only(Fields.COUNTS));
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
