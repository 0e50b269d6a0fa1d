package org.incidentorchestrator.step.verb.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Refusals;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Goes back to the template that a Deployment had before the present one, as {@code kubectl rollout undo} does: what a
 * restart cannot heal, such as an image that does not exist. A restart makes a revision too, which is passed over. There
 * is no undo but to roll back again, or forward.
 */
@RunbookLines({})
@Component
final class RollbackWorkload implements Step<RollbackWorkload.Input, RollbackWorkload.Output> {
    private static final String REVISION = "deployment.kubernetes.io/revision";

    record Input(String target) {}

    /** @param from and @param to revisions; @param images of the containers as they will be, in one line */
    record Output(String from, String to, String images) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        WorkloadView workload = subject.workload();
        Refusals.refuse(
                !workload.isDeployment(),
                "cannotRollBack",
                workload.target() + " keeps its revisions where this program does not look.",
                "Roll it back by hand: 'kubectl rollout undo'.");
        Refusals.paused(workload);
        KubernetesObject previous = previous(subject);
        String from = workload.object().annotation(REVISION).orElse("");
        String to = previous.annotation(REVISION).orElse("");
        String images = images(previous);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/template").put("$patch", "replace").setAll(template(previous));
        return Plan.change(
                "Roll %s back from revision %s to %s (%s): %s"
                        .formatted(
                                workload.target(), from, to, images, PodReplacement.text(workload, workload.desired())),
                Effects.patchForGood(
                        workload.object(),
                        "rollBack",
                        body,
                        "/metadata/annotations/" + REVISION.replace("/", "~1"),
                        "/spec/paused"),
                subject.kubectl().rolloutUndo(workload.target(), to),
                new Output(from, to, images));
    }

    private static KubernetesObject previous(Subject subject) {
        WorkloadView workload = subject.workload();
        ObjectNode present = apartFromRestarts(template(workload.object()));
        List<KubernetesObject> sets = subject.workloads().replicaSets(workload);
        return sets.stream()
                .skip(1)
                .filter(set -> !apartFromRestarts(template(set)).equals(present))
                .findFirst()
                .orElseThrow(() -> StepFailure.refused(
                        "noPreviousRevision",
                        "%s has no revision that differs from the present one in more than a restart."
                                .formatted(workload.target()),
                        "Deploy the version that worked."));
    }

    /** Without the label by which a replica set knows its pods. */
    private static ObjectNode template(KubernetesObject object) {
        ObjectNode template = object.at("/spec/template").toJson();
        template.withObject("/metadata/labels").remove("pod-template-hash");
        return template;
    }

    private static ObjectNode apartFromRestarts(ObjectNode template) {
        ObjectNode copy = template.deepCopy();
        ObjectNode annotations = copy.withObject("/metadata/annotations");
        annotations.remove(WorkloadView.RESTARTED_AT);
        if (annotations.isEmpty()) {
            copy.withObject("/metadata").remove("annotations");
        }
        copy.withObject("/metadata").remove("creationTimestamp");
        return copy;
    }

    private static String images(KubernetesObject set) {
        return Line.of(
                set.items("/spec/template/spec/containers").stream()
                        .map(container -> container.text("/image", ""))
                        .collect(Collectors.joining(", ")),
                Line.MODEL);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Permissions.PODS, Permissions.OWNERS),
                Permission.change("apps", "deployments", "patch").only("/spec/template"));
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
