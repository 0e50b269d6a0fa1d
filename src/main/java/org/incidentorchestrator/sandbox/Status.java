package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.incidentorchestrator.sandbox.ManagedFields.Writer;

/** How controllers write a status: only when it says something new. */
final class Status {
    static final String CONTROLLER_MANAGER = "kube-controller-manager";
    static final String KUBELET = "kubelet";

    private Status() {}

    static void write(World world, ObjectNode object, ObjectNode status, String manager, Instant at) {
        if (!object.path("status").equals(status)) {
            ObjectNode before = object.deepCopy();
            object.set("status", status);
            ManagedFields.note(before, object, Writer.updating(manager, "status"), at);
            world.store(object);
        }
    }

    /** Adds a condition; its transition time stays while its status stays. */
    static ObjectNode condition(
            ObjectNode object,
            ArrayNode conditions,
            String type,
            String status,
            String reason,
            String message,
            Instant at) {
        var old = Pods.condition(object, type);
        boolean same = old.path("status").asText().equals(status);
        ObjectNode condition = conditions.addObject();
        condition.put("type", type).put("status", status);
        if (!reason.isEmpty()) {
            condition.put("reason", reason).put("message", message);
        }
        condition.put(
                "lastTransitionTime", same ? old.path("lastTransitionTime").asText() : at.toString());
        return condition;
    }
}
