package org.incidentorchestrator.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.step.Deed.ChangeObject;
import org.incidentorchestrator.step.Deed.StartScript;

/** A deed as the ledger keeps it. The same deed is the same text, whatever it is fenced by. */
final class DeedJson {
    private DeedJson() {}

    static String canonical(Deed deed) {
        if (deed instanceof StartScript start) {
            return Json.write(new Stored(null, null, Optional.empty(), start));
        }
        ChangeObject change = (ChangeObject) deed;
        return Json.write(new Stored(ChangeJson.canonical(change.change()), change.before(), change.undo(), null));
    }

    static Deed read(String canonical, String fence) {
        Stored stored = Json.read(canonical, Stored.class);
        return stored.script() != null
                ? stored.script()
                : new ChangeObject(
                        ChangeJson.read(stored.change(), fence),
                        stored.before(),
                        stored.undo().filter(undo -> !undo.isNull()));
    }

    /** One of its kinds is there. */
    private record Stored(String change, Map<String, String> before, Optional<JsonNode> undo, StartScript script) {}
}
