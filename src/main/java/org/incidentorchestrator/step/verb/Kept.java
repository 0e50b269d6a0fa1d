package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.evidence.Artefact;

/** Objects as they are kept and compared: without the bookkeeping of field managers, which says nothing to a reader. */
final class Kept {
    private Kept() {}

    static Artefact json(String name, String source, List<KubernetesObject> objects) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        objects.forEach(object -> all.add(plain(object)));
        return Artefact.json(name, source, all.toPrettyString());
    }

    /** What a person decides on: status and bookkeeping move by themselves. */
    static ObjectNode spec(KubernetesObject object) {
        ObjectNode tree = plain(object);
        tree.remove("status");
        return tree;
    }

    private static ObjectNode plain(KubernetesObject object) {
        ObjectNode tree = object.toJson();
        tree.withObject("/metadata").remove("managedFields");
        return tree;
    }
}
