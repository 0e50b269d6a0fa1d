package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Basis;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect;

/**
 * An object as it is to be, and what the cluster has of that name: applied on the server's side.
 *
 * @param tree with apiVersion, kind and name
 * @param now empty when there is none yet
 */
public record Declaration(ResourceType type, Target target, ObjectNode tree, Optional<KubernetesObject> now) {

    /** Decided on what the cluster has in each field that is said; the API server does the merging. */
    public Effect effect(Identity identity, String action) {
        Optional<Basis> basis = now.map(object -> new Basis(object.uid(), object.resourceVersion()));
        ObjectNode before = now.map(Kept::spec).orElseGet(JsonNodeFactory.instance::objectNode);
        ObjectNode then = before.deepCopy();
        merge(then, Kept.spec(KubernetesObject.of(tree)));
        Map<String, String> values = new TreeMap<>();
        now.ifPresent(object -> collect("", said(), object.toJson(), values));
        return new Effect.OnCluster(
                new Change.Apply(type, target, basis, tree, identity), action, values, before, then);
    }

    private ObjectNode said() {
        ObjectNode said = tree.deepCopy();
        said.remove("apiVersion");
        said.remove("kind");
        ObjectNode metadata = said.withObject("/metadata");
        metadata.remove("name");
        metadata.remove("namespace");
        if (metadata.isEmpty()) {
            said.remove("metadata");
        }
        return said;
    }

    private static void collect(String above, ObjectNode said, JsonNode object, Map<String, String> values) {
        said.properties().forEach(field -> {
            String pointer = above + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
            if (field.getValue() instanceof ObjectNode below && !below.isEmpty()) {
                collect(pointer, below, object, values);
            } else {
                JsonNode value = object.at(pointer);
                values.put(pointer, value.isMissingNode() ? "null" : value.toString());
            }
        });
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode below && into.path(field.getKey()) instanceof ObjectNode old) {
                merge(old, below);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }
}
