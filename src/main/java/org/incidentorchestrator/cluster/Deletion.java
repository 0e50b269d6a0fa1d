package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The options of a deletion (v1): of that very object and no other of its name. */
record Deletion(ObjectNode json) {
    static Deletion of(String uid, boolean force) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("apiVersion", "v1").put("kind", "DeleteOptions");
        json.putObject("preconditions").put("uid", uid);
        if (force) {
            json.put("gracePeriodSeconds", 0);
        }
        return new Deletion(json);
    }

    Deletion at(String resourceVersion) {
        ObjectNode copy = json.deepCopy();
        ((ObjectNode) copy.get("preconditions")).put("resourceVersion", resourceVersion);
        return new Deletion(copy);
    }

    /** In the body: where there is one, the API server does not look at the address, and would delete. */
    Deletion rehearsed() {
        ObjectNode copy = json.deepCopy();
        copy.putArray("dryRun").add("All");
        return new Deletion(copy);
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
