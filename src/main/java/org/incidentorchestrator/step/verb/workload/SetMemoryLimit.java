package org.incidentorchestrator.step.verb.workload;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Quantity;
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
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Refusals;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Raises the memory limit of one container, as the runbook's {@code kubectl patch} does. The container has to be there:
 * the written patch would make a new one without an image. It never lowers a limit, and having none is more than any. Its
 * pods are replaced; a heap that the program's own flags bound does not grow with it. Undone by undoChange.
 */
@RunbookLines("M05")
@Component
final class SetMemoryLimit implements Step<SetMemoryLimit.Input, SetMemoryLimit.Output> {

    /** @param container may be empty where there is one only; @param limit in Kubernetes' units: {@code 1Gi}, {@code 512Mi} */
    record Input(String target, String container, String limit) {}

    /** @param from and @param to in Kubernetes' units; @param pods that are replaced */
    record Output(String container, String from, String to, int pods) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        Quantity wanted = wanted(in.limit);
        List<PodView> pods = refuseUnfit(subject);
        MemoryOfContainer memory = MemoryOfContainer.find(subject.workload(), in.container);
        refuseLess(memory, wanted, in.limit);
        MemoryRoom.refusal(memory, in.limit, context.cluster()).ifPresent(why -> {
            throw StepFailure.refused(
                    "noRoom",
                    "The pods of %s would not be made with a limit of %s: %s."
                            .formatted(subject.target(), in.limit, why),
                    "Take a lower limit, or have the namespace's bounds raised first.");
        });
        var output = new Output(memory.name(), memory.limit().orElse(""), in.limit, pods.size());
        return Plan.change(
                "Raise the memory limit of container %s of %s from %s to %s: %s%s"
                        .formatted(
                                memory.name(),
                                subject.target(),
                                output.from,
                                output.to,
                                PodReplacement.text(subject.workload(), pods.size()),
                                memory.request().isPresent() ? "" : "; what they request rises with it"),
                Effects.patch(subject.workload().object(), "limit", memory.body(in.limit), "/spec/paused"),
                subject.kubectl().patch(subject.workload().object(), memory.body(in.limit)),
                output);
    }

    private static Quantity wanted(String limit) {
        return Optional.ofNullable(limit)
                .flatMap(Quantity::parse)
                .filter(amount -> amount.amount().compareTo(BigDecimal.ONE) >= 0)
                .orElseThrow(() -> StepFailure.badInput(
                        "'%s' is no amount of memory.".formatted(Line.of(String.valueOf(limit), 40)),
                        "Write it as Kubernetes does: 512Mi, 1Gi, 2G."));
    }

    private static List<PodView> refuseUnfit(Subject subject) {
        WorkloadView workload = subject.workload();
        Refusals.cannotRestart(workload);
        Refusals.paused(workload);
        Refusals.updatesOnDelete(workload);
        List<PodView> pods =
                subject.pods().stream().filter(pod -> !pod.terminating()).toList();
        Refusals.rolloutInProgress(workload, pods);
        return pods;
    }

    private static void refuseLess(MemoryOfContainer memory, Quantity wanted, String limit) {
        String who = "Container " + memory.name() + " of " + memory.workload().target();
        Refusals.refuse(
                memory.request()
                        .flatMap(Quantity::parse)
                        .filter(request -> wanted.amount().compareTo(request.amount()) < 0)
                        .isPresent(),
                "belowRequest",
                "%s requests %s of memory, more than a limit of %s."
                        .formatted(who, memory.request().orElse(""), limit),
                "Take a limit of at least what it requests.");
        BigDecimal now = memory.limited()
                .orElseThrow(() -> StepFailure.refused(
                        "noLimit",
                        who + " has no memory limit: to set one would take memory from it.",
                        "Look at the node's memory instead; give it a limit in its manifest."))
                .amount();
        Refusals.refuse(
                wanted.amount().compareTo(now) == 0,
                "alreadySet",
                "%s has a memory limit of %s already."
                        .formatted(who, memory.limit().orElse("")),
                "Look for another remedy.");
        Refusals.refuse(
                wanted.amount().compareTo(now) < 0,
                "wouldLower",
                "%s has a memory limit of %s: %s would be less."
                        .formatted(who, memory.limit().orElse(""), limit),
                "Take a higher limit; to lower one is a change of the manifest.");
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Permissions.PODS, Permissions.OWNERS),
                Permission.look("", "limitranges", "list"),
                Permission.look("", "resourcequotas", "list"),
                Permission.change("apps", "deployments", "patch").only(Fields.MEMORY),
                Permission.change("apps", "statefulsets", "patch").only(Fields.MEMORY),
                Permission.change("apps", "daemonsets", "patch").only(Fields.MEMORY));
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
