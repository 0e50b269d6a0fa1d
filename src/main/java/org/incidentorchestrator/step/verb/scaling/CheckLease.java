package org.incidentorchestrator.step.verb.scaling;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Looks whether what was done for the time being is still there, and whose it is: what waits until its end is a timer
 * in the model, and what ends it takes the change back. Somebody who takes the annotations away has made it last.
 */
@RunbookLines("M04")
@Component
final class CheckLease implements Step<CheckLease.Input, CheckLease.Output> {
    /** @param target id of what was changed, as the change's step gave it */
    record Input(String target) {}

    /** @param lease none, running or over; @param leaseUntil null when none; @param leaseOf {@code INC-7}, or empty */
    record Output(String lease, Instant leaseUntil, String leaseOf) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Target target = Subject.parse(in.target());
        ResourceType type = ResourceType.ofKind(target.kind())
                .orElseThrow(() -> StepFailure.badInput(
                        "No step changes a " + target.kind() + " for the time being.",
                        "Name what scaleWorkload says that it changed."));
        Optional<KubernetesObject> object = context.cluster().get(type, target.namespace(), target.name());
        Optional<Lease> lease = object.flatMap(Lease::on);
        Output output = lease.map(found -> new Output(
                        context.plannedAt().isBefore(found.until()) ? "running" : "over", found.until(), found.owner()))
                .orElseGet(() -> new Output("none", null, ""));
        String text = lease.map(found ->
                        "%s of %s is %s: until %s".formatted(target, found.owner(), output.lease, found.until()))
                .orElse(target + (object.isEmpty() ? " is not there any more" : " is not changed for the time being"));
        return Plan.look(text, output)
                .kubectl(KubectlText.of(context.cluster().cluster()).get(type, target.namespace(), target.name()));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.WORKLOADS,
                Permission.look("autoscaling", "horizontalpodautoscalers", "get"),
                Permission.look("keda.sh", "scaledobjects", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
