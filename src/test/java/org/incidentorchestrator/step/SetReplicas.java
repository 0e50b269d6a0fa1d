package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.Change.Patch;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;

/** A verb as simple as a verb can be, for the runner's tests. */
final class SetReplicas implements Step<SetReplicas.Input, SetReplicas.Output> {
    record Input(String target, int replicas) {}

    record Output(int from, int to) {}

    @Override
    public Plan<Output> plan(Input input, StepContext context) {
        Target target = Target.parse(input.target());
        KubernetesObject now = context.cluster()
                .get(ResourceType.DEPLOYMENTS, target.namespace(), target.name())
                .orElseThrow(() -> StepFailure.notFound(target + " is not there", "Look again."));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("replicas", input.replicas());
        ObjectNode then = now.toJson();
        ((ObjectNode) then.get("spec")).put("replicas", input.replicas());
        int from = now.number("/spec/replicas", 1);
        var change = new Patch(target, now.uid(), now.resourceVersion(), body, Identity.CHANGE);
        var effect = new Effect.OnCluster(
                change,
                "scale",
                Map.of("/spec/replicas", String.valueOf(from)),
                now.toJson(),
                then,
                Optional.of(JsonNodeFactory.instance
                        .objectNode()
                        .set("spec", JsonNodeFactory.instance.objectNode().put("replicas", from))));
        return Plan.change(
                "scale " + target + " from " + from + " to " + input.replicas(),
                effect,
                "kubectl scale --replicas=" + input.replicas(),
                new Output(from, input.replicas()));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.change("apps", "deployments", "patch"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }

    @Override
    public boolean changes() {
        return true;
    }
}
