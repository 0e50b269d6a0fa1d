package org.incidentorchestrator.step;

import java.util.Map;
import org.incidentorchestrator.step.Deed.ChangeObject;

/** A deed as the ledger keeps it. The same deed is the same text, whatever it is fenced by. */
final class DeedJson {
    private DeedJson() {}

    static String canonical(Deed deed) {
        ChangeObject change = (ChangeObject) deed;
        return Json.write(new Stored(ChangeJson.canonical(change.change()), change.before()));
    }

    static Deed read(String canonical, String fence) {
        Stored stored = Json.read(canonical, Stored.class);
        return new ChangeObject(ChangeJson.read(stored.change(), fence), stored.before());
    }

    private record Stored(String change, Map<String, String> before) {}
}
