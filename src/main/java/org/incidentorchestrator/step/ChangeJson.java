package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Evict;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.Change.Patch;
import org.incidentorchestrator.incident.Target;

/** A change as the ledger keeps it. The same change is the same text, whatever resource version it is sent against. */
final class ChangeJson {
    private ChangeJson() {}

    static String canonical(Change change) {
        if (change instanceof Patch patch) {
            return Json.write(Map.of(
                    "verb", "patch",
                    "target", patch.target().id(),
                    "uid", patch.uid(),
                    "identity", patch.identity().name(),
                    "body", Json.read(patch.body().toString(), Object.class)));
        }
        return Json.write(Map.of(
                "verb", "evict",
                "target", change.target().id(),
                "uid", change.uid(),
                "identity", change.identity().name()));
    }

    static Change read(String canonical, String resourceVersion) {
        JsonNode tree = Json.read(canonical, JsonNode.class);
        Target target = Target.parse(tree.get("target").asText());
        String uid = tree.get("uid").asText();
        Identity identity = Identity.valueOf(tree.get("identity").asText());
        return switch (tree.get("verb").asText()) {
            case "patch" -> new Patch(target, uid, resourceVersion, tree.get("body"), identity);
            case "evict" -> new Evict(target, uid, resourceVersion, identity);
            default ->
                throw new IllegalStateException("the ledger holds a change of unknown verb: " + tree.get("verb"));
        };
    }
}
