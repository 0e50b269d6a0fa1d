package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.incidentorchestrator.incident.Target;

/** The body of an eviction (policy/v1), which fabric8's own call would send without keeping the answer's reason. */
record Eviction(ObjectNode json) {
    static Eviction of(Target pod, String uid) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("apiVersion", "policy/v1").put("kind", "Eviction");
        json.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace());
        json.putObject("deleteOptions").putObject("preconditions").put("uid", uid);
        return new Eviction(json);
    }

    Eviction at(String resourceVersion) {
        ObjectNode copy = json.deepCopy();
        ((ObjectNode) copy.at("/deleteOptions/preconditions")).put("resourceVersion", resourceVersion);
        return new Eviction(copy);
    }

    Eviction rehearsed() {
        ObjectNode copy = json.deepCopy();
        ((ObjectNode) copy.get("deleteOptions")).putArray("dryRun").add("All");
        return new Eviction(copy);
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
