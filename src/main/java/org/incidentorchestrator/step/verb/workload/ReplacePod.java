package org.incidentorchestrator.step.verb.workload;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.cluster.Workloads;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Refusals;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Replaces one pod that is not ready, the oldest first, by evicting it: its controller makes another. The written
 * command deletes all pods of a label at once, which is an outage, passes over disruption budgets, and hits strangers
 * that carry the label too. Pods of an older replica set are the rollout's business.
 */
@RunbookLines("D06")
@Component
final class ReplacePod implements Step<ReplacePod.Input, ReplacePod.Output> {
    /** @param target the workload; @param replacingSince null at first: pods made after it are not replaced again */
    record Input(String target, Instant replacingSince) {}

    record Output(String pod, Instant replacingSince) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        Refusals.cannotReplace(subject.workload());
        Instant since = Optional.ofNullable(in.replacingSince).orElse(context.plannedAt());
        PodView pod = oldest(subject, since);
        return Plan.change(
                "Replace pod %s of %s (%s)".formatted(pod.name(), subject.target(), pod.status()),
                Effects.evict(pod.pod(), "replace"),
                subject.kubectl().evict(pod.pod().target(), pod.pod().uid()),
                new Output(pod.name(), since));
    }

    private static PodView oldest(Subject subject, Instant since) {
        WorkloadView workload = subject.workload();
        List<KubernetesObject> current =
                subject.workloads().replicaSets(workload).stream().limit(1).toList();
        List<KubernetesObject> selected = subject.workloads().selectedPods(workload);
        return Workloads.owned(workload, current, selected).stream()
                .map(PodView::of)
                .filter(pod -> replaceable(pod, since))
                .min(Comparator.comparing((PodView pod) -> pod.created().orElse(Instant.EPOCH))
                        .thenComparing(PodView::name))
                .orElseThrow(() -> Refusals.nothingToReplace(workload, without(selected, since)));
    }

    private static boolean replaceable(PodView pod, Instant since) {
        return !pod.ready()
                && !pod.terminating()
                && !pod.ended()
                && !pod.created().orElse(Instant.EPOCH).isAfter(since);
    }

    /** Pods that nobody would make again. */
    private static List<String> without(List<KubernetesObject> selected, Instant since) {
        return selected.stream()
                .filter(pod -> pod.controller().isEmpty() && replaceable(PodView.of(pod), since))
                .map(KubernetesObject::name)
                .toList();
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Permissions.PODS, Permissions.BUDGETS),
                Permission.change("", "pods/eviction", "create"));
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
