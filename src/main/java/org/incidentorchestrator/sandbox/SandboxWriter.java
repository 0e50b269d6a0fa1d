package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubernetesObject;

/** The writer of the sandbox. */
final class SandboxWriter implements ClusterWriter {
    private final Sandbox sandbox;

    SandboxWriter(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public Receipt apply(Change change, Write write) {
        String what = "change " + change.target();
        sandbox.ask(what);
        sandbox.wire().send(what);
        Sandbox.Deed<ObjectNode> deed = (world, now) -> apply(world, change, now);
        ObjectNode after = write == Write.DRY_RUN ? sandbox.rehearse(deed) : sandbox.change(deed);
        sandbox.wire().answer(what);
        return new Receipt(KubernetesObject.of(after));
    }

    private static ObjectNode apply(World world, Change change, Instant now) {
        Key key = Key.of(change.target());
        if (change instanceof Change.Apply apply) {
            Served.require(apply.type());
        } else {
            Served.require(key.kind());
        }
        ApiServer server = new ApiServer(world, FIELD_MANAGER, now);
        long before = world.version();
        ObjectNode after;
        String operation;
        String step = "";
        if (change instanceof Change.Patch patch) {
            after = server.patch(key, patch.uid(), patch.resourceVersion(), patch.body());
            operation = "patch";
            step = stepOf(patch.body(), "/step");
        } else if (change instanceof Change.Apply apply) {
            after = server.apply(key, apply.basis(), (ObjectNode) apply.manifest());
            operation = "apply";
            step = stepOf(apply.manifest(), "/applied-by-step");
        } else if (change instanceof Change.Delete delete) {
            after = server.delete(key, delete.uid(), delete.resourceVersion(), delete.force());
            operation = "delete";
            Scenarios.replaced(world, key);
        } else {
            Change.Evict evict = (Change.Evict) change;
            after = server.evict(key, evict.uid(), evict.resourceVersion());
            operation = "evict";
            Scenarios.replaced(world, key);
        }
        if (world.version() != before) {
            String version = after.at("/metadata/resourceVersion").asText();
            world.written(new EffectiveWrite(
                    now, FIELD_MANAGER, operation, change.target().id(), version, step));
        }
        return after.deepCopy();
    }

    /** The mark that a step leaves on what it patches. */
    private static String stepOf(JsonNode object, String name) {
        return object.at("/metadata/annotations").path(FIELD_MANAGER + name).asText("");
    }
}
