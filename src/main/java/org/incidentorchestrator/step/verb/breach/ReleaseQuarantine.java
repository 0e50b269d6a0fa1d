package org.incidentorchestrator.step.verb.breach;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
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
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Ends what this incident has quarantined of a workload: the pods, and with each the policy that it owns, which Kubernetes
 * deletes once the pod is really gone, and not before. Their memory, files and connections go with them, and there is no
 * undo: it needs a second person's approval. It may be done once the incident has ended.
 */
@RunbookLines("I03")
@Component
final class ReleaseQuarantine implements Step<ReleaseQuarantine.Input, ReleaseQuarantine.Output> {
    /** @param target the workload that the pods were taken from; it need not be there any more */
    record Input(String target) {}

    /** @param pods how many are ended; @param released their names, one line */
    record Output(int pods, String released) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Target from = Subject.parse(in.target());
        Quarantine quarantine = Quarantine.of(context);
        List<KubernetesObject> pods = quarantine.own(from, context.cluster()).stream()
                .filter(pod -> !pod.at("/metadata/deletionTimestamp").exists())
                .toList();
        if (pods.isEmpty()) {
            throw StepFailure.refused(
                    "nothingQuarantined",
                    "No pod of %s is in quarantine for %s.".formatted(from, quarantine.incident()),
                    "Go on: there is nothing to be ended.");
        }
        String names = Line.of(pods.stream().map(KubernetesObject::name).collect(Collectors.joining(", ")), Line.MODEL);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        return Plan.changes(
                "End the quarantine of %s: delete %s, with what their processes and files could still tell"
                        .formatted(from, names),
                pods.stream()
                        .map(pod -> Effects.deleteAs(Identity.ISOLATE, pod, "release"))
                        .toList(),
                pods.stream()
                        .map(pod -> kubectl.delete(ResourceType.PODS, pod.target(), pod.uid(), false))
                        .toList(),
                new Output(pods.size(), names));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("", "pods", "list"),
                Permission.look("", "pods", "get"),
                Permission.isolate("", "pods", "delete").only(Quarantine.MARK));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public boolean needsApproval() {
        return true;
    }

    @Override
    public boolean givesBack() {
        return true;
    }
}
