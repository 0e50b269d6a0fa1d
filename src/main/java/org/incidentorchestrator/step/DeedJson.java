package org.incidentorchestrator.step;

import java.util.Map;
import org.incidentorchestrator.step.Deed.ChangeObject;
import org.incidentorchestrator.step.Deed.StartScript;

/** A deed as the ledger keeps it. The same deed is the same text, whatever it is fenced by. */
final class DeedJson {
    private DeedJson() {}

    static String canonical(Deed deed) {
        if (deed instanceof StartScript start) {
            return Json.write(new Stored(null, null, start));
        }
        ChangeObject change = (ChangeObject) deed;
        return Json.write(new Stored(ChangeJson.canonical(change.change()), change.before(), null));
    }

    static Deed read(String canonical, String fence) {
        Stored stored = Json.read(canonical, Stored.class);
        return stored.script() != null
                ? stored.script()
                : new ChangeObject(ChangeJson.read(stored.change(), fence), stored.before());
    }

    /** One of its kinds is there. */
    private record Stored(String change, Map<String, String> before, StartScript script) {}
}
