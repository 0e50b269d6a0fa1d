package org.incidentorchestrator.step.verb.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Fields;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Refusals;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Restarts every pod of a workload, as {@code kubectl rollout restart} does: the template gets the time of the plan
 * as an annotation, and the controller replaces the pods as its strategy says.
 */
@RunbookLines({"D04", "X04", "L03", "I03"})
@Component
final class RestartWorkload implements Step<RestartWorkload.Input, RestartWorkload.Output> {
    private static final String ANNOTATIONS = "/spec/template/metadata/annotations";

    /** @param reason why, in a few words; may be null */
    record Input(String target, String reason) {}

    record Output(Instant restartedAt, int podsBefore) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = refuseUnfit(subject);
        Instant at = context.plannedAt().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject(ANNOTATIONS).put(WorkloadView.RESTARTED_AT, at.toString());
        Effect effect = Effects.patchForGood(
                subject.workload().object(),
                "restart",
                body,
                "/spec/paused",
                ANNOTATIONS + "/" + WorkloadView.RESTARTED_AT.replace("/", "~1"));
        return Plan.change(
                summary(subject.workload(), pods.size(), in.reason),
                effect,
                subject.kubectl().rolloutRestart(subject.target()),
                new Output(at, pods.size()));
    }

    /** @return the pods that the restart replaces @throws StepFailure refused, with the reason */
    private static List<PodView> refuseUnfit(Subject subject) {
        WorkloadView workload = subject.workload();
        Refusals.cannotRestart(workload);
        Refusals.scaledToZero(workload);
        Refusals.paused(workload);
        Refusals.updatesOnDelete(workload);
        List<PodView> pods =
                subject.pods().stream().filter(pod -> !pod.terminating()).toList();
        Refusals.rolloutInProgress(workload, pods);
        return pods;
    }

    private static String summary(WorkloadView workload, int pods, String reason) {
        String why = reason == null || reason.isBlank() ? "" : ", because " + Line.of(reason, 200);
        return "Restart %s: %s%s".formatted(workload.target(), PodReplacement.text(workload, pods), why);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(
                Permission.change("apps", "deployments", "patch").only(Fields.RESTARTED),
                Permission.change("apps", "statefulsets", "patch").only(Fields.RESTARTED),
                Permission.change("apps", "daemonsets", "patch").only(Fields.RESTARTED));
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
