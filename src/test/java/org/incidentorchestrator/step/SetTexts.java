package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Apply;
import org.incidentorchestrator.cluster.Change.Basis;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;

/** Applies one config map after the other, for the runner's tests. */
final class SetTexts implements Step<SetTexts.Input, SetTexts.Output> {
    /** @param names separated by commas */
    record Input(String names, String text) {}

    record Output(int objects) {}

    @Override
    public Plan<Output> plan(Input input, StepContext context) {
        List<Effect> effects = Stream.of(input.names().split(","))
                .map(name -> effect(name, input.text(), context))
                .toList();
        return new Plan<>(
                "apply " + input.names(),
                effects,
                List.of("kubectl apply --server-side"),
                List.of(),
                new Output(effects.size()));
    }

    private static Effect effect(String name, String text, StepContext context) {
        Target target = new Target("ConfigMap", Sandbox.NAMESPACE, name);
        Optional<KubernetesObject> now = context.cluster().get(ResourceType.CONFIG_MAPS, target.namespace(), name);
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", "v1").put("kind", "ConfigMap");
        manifest.putObject("metadata").put("name", name).put("namespace", target.namespace());
        manifest.putObject("data").put("text", text);
        Optional<Basis> basis = now.map(of -> new Basis(of.uid(), of.resourceVersion()));
        ObjectNode before = now.map(KubernetesObject::toJson).orElseGet(JsonNodeFactory.instance::objectNode);
        return new Effect.OnCluster(
                new Apply(ResourceType.CONFIG_MAPS, target, basis, manifest, Identity.CHANGE),
                "apply",
                now.isEmpty()
                        ? Map.of()
                        : Map.of("/data/text", before.at("/data/text").toString()),
                before,
                manifest);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.change("", "configmaps", "patch"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }

    @Override
    public boolean changes() {
        return true;
    }
}
