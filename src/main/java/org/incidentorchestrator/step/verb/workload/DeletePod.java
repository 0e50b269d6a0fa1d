package org.incidentorchestrator.step.verb.workload;

import java.util.Set;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
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
 * Deletes one pod past its disruption budgets: for a budget that lets nobody go because all pods are unready. The written
 * command deletes all of a label at once. By force only a pod that ends already and whose node is gone: elsewhere two of
 * the same name could run, and break their data. Needs a second person's approval; there is no undo, its controller
 * makes another.
 */
@RunbookLines("D06")
@Component
final class DeletePod implements Step<DeletePod.Input, DeletePod.Output> {
    /** @param target id of the pod; @param force without waiting for its node */
    record Input(String target, boolean force) {}

    /** @param madeAnewBy kind and name of its controller */
    record Output(String pod, String madeAnewBy) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        PodView pod = find(in.target(), context);
        KubernetesObject controller = pod.pod()
                .controller()
                .orElseThrow(() -> StepFailure.refused(
                        "podWithoutController",
                        "Pod %s has no controller: deleted, it would not come back.".formatted(pod.name()),
                        "Save what it needs, and make it anew by hand."));
        refuseUnfit(pod, in.force, context);
        String by = controller.text("/kind", "") + " " + controller.text("/name", "");
        return Plan.change(
                "Delete pod %s (%s)%s past its disruption budgets: %s makes another"
                        .formatted(pod.name(), pod.status(), in.force ? " by force" : "", by),
                Effects.delete(pod.pod(), in.force),
                KubectlText.of(context.cluster().cluster())
                        .delete(ResourceType.PODS, pod.pod().target(), pod.pod().uid(), in.force),
                new Output(pod.name(), by));
    }

    private static PodView find(String id, StepContext context) {
        Target target = Subject.parse(id);
        if (!target.kind().equals(ResourceType.PODS.kind())) {
            throw StepFailure.badInput(
                    target + " is not a pod.", "Name one pod, as in Pod/namespace/name; replacePod takes a workload.");
        }
        return context.cluster()
                .get(ResourceType.PODS, target.namespace(), target.name())
                .map(PodView::of)
                .orElseThrow(() -> StepFailure.notFound(
                        target + " is not there any more.", "See what has taken its place: listPods."));
    }

    private static void refuseUnfit(PodView pod, boolean force, StepContext context) {
        Refusals.refuse(
                pod.ready() && !pod.terminating(),
                "podIsReady",
                "Pod %s is ready: to delete it takes a pod away that works.".formatted(pod.name()),
                "Name one that is not ready.");
        Refusals.refuse(
                pod.terminating() && !force,
                "alreadyEnding",
                "Pod %s ends already.".formatted(pod.name()),
                "Wait for it; if its node is gone, it never will: delete it by force then.");
        Refusals.refuse(
                force && !(pod.terminating() && nodeIsGone(pod, context)),
                "notByForce",
                "Pod %s does not end, or its node answers: by force, another of its name could begin beside it."
                        .formatted(pod.name()),
                "Delete it without force, and wait for it to end.");
    }

    private static boolean nodeIsGone(PodView pod, StepContext context) {
        return context.cluster()
                .get(ResourceType.NODES, "", pod.pod().text("/spec/nodeName", ""))
                .map(NodeView::new)
                .filter(NodeView::ready)
                .isEmpty();
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("", "pods", "get"),
                Permission.look("", "nodes", "get"),
                Permission.change("", "pods", "delete"));
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
