package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.evidence.Artefact;

/**
 * Objects as they are kept and compared: without the bookkeeping of field managers and of kubectl, which says nothing to
 * a reader, and without the values of secrets and of environment variables, which are where passwords lie.
 */
public final class Kept {
    private static final String HIDDEN = "(not kept)";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Kept() {}

    public static Artefact json(String name, String source, List<KubernetesObject> objects) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        objects.forEach(object -> all.add(plain(object)));
        return Artefact.json(name, source, all.toPrettyString());
    }

    /** What a person decides on: status and bookkeeping move by themselves. */
    public static ObjectNode spec(KubernetesObject object) {
        ObjectNode tree = plain(object);
        tree.remove("status");
        return tree;
    }

    private static ObjectNode plain(KubernetesObject object) {
        ObjectNode tree = object.toJson();
        tree.withObject("/metadata").remove("managedFields");
        if (tree.at("/metadata/annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
        }
        if (object.kind().equals("Secret")) {
            hideValues(tree.path("data"));
            hideValues(tree.path("stringData"));
        }
        for (JsonNode variables : tree.findValues("env")) {
            variables.forEach(Kept::hideValue);
        }
        return tree;
    }

    private static void hideValues(JsonNode values) {
        if (values instanceof ObjectNode named) {
            named.fieldNames().forEachRemaining(name -> named.put(name, HIDDEN));
        }
    }

    private static void hideValue(JsonNode variable) {
        if (variable instanceof ObjectNode named && named.has("value")) {
            named.put("value", HIDDEN);
        }
    }
}
