package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Apply;
import org.incidentorchestrator.cluster.Change.Basis;
import org.incidentorchestrator.cluster.Change.Delete;
import org.incidentorchestrator.cluster.Change.Evict;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.Change.Patch;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;

/** A change as the ledger keeps it. The same change is the same text, whatever resource version it is sent against. */
final class ChangeJson {
    private ChangeJson() {}

    static String canonical(Change change) {
        Map<String, Object> json = new HashMap<>();
        json.put("target", change.target().id());
        json.put("identity", change.identity().name());
        change.basis().ifPresent(basis -> json.put("uid", basis.uid()));
        if (change instanceof Patch patch) {
            json.put("verb", "patch");
            json.put("body", Json.read(patch.body().toString(), Object.class));
        } else if (change instanceof Apply apply) {
            json.put("verb", "apply");
            json.put("type", apply.type());
            json.put("body", Json.read(apply.manifest().toString(), Object.class));
        } else if (change instanceof Delete delete) {
            json.put("verb", "delete");
            json.put("force", delete.force());
        } else {
            json.put("verb", "evict");
        }
        return Json.write(json);
    }

    /** @param resourceVersion empty for a change that makes its object */
    static Change read(String canonical, String resourceVersion) {
        JsonNode tree = Json.read(canonical, JsonNode.class);
        Target target = Target.parse(tree.get("target").asText());
        String uid = tree.path("uid").asText();
        Identity identity = Identity.valueOf(tree.get("identity").asText());
        return switch (tree.get("verb").asText()) {
            case "patch" -> new Patch(target, uid, resourceVersion, tree.get("body"), identity);
            case "delete" ->
                new Delete(target, uid, resourceVersion, tree.get("force").asBoolean(), identity);
            case "evict" -> new Evict(target, uid, resourceVersion, identity);
            case "apply" ->
                new Apply(
                        Json.read(tree.get("type").toString(), ResourceType.class),
                        target,
                        uid.isEmpty() ? Optional.empty() : Optional.of(new Basis(uid, resourceVersion)),
                        tree.get("body"),
                        identity);
            default ->
                throw new IllegalStateException("the ledger holds a change of unknown verb: " + tree.get("verb"));
        };
    }
}
