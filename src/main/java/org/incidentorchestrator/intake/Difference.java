package org.incidentorchestrator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Episodes.Burning;
import org.incidentorchestrator.intake.AlertmanagerMessage.WrongShape;
import org.incidentorchestrator.intake.Listing.Listed;

/**
 * One alert that is not as it is kept here, as it is written into a message.
 *
 * @param entry of the message's {@code alerts}
 * @param alert what the message will be understood as
 */
record Difference(ObjectNode entry, Alert alert) {
    /** It fires there. None when it cannot be understood: its own message is shown to a person. */
    static Optional<Difference> firing(Listed listed, AlertmanagerMessage messages) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("status", "firing");
        JsonNode alert = listed.alert();
        for (String field : new String[] {"labels", "annotations", "startsAt", "fingerprint", "generatorURL"}) {
            if (alert.has(field)) {
                entry.set(field, alert.get(field));
            }
        }
        return read(entry, messages);
    }

    /** It is kept as firing, and is not listed there. */
    static Optional<Difference> gone(Burning burning, AlertmanagerMessage messages) {
        ObjectNode entry = JsonNodeFactory.instance
                .objectNode()
                .put("status", "gone")
                .put("fingerprint", burning.kept().episode().fingerprint())
                .put("startsAt", burning.kept().episode().startsAt().toString());
        entry.putObject("key")
                .put("alertName", burning.key().alertName())
                .put("namespace", burning.key().namespace())
                .put("workload", burning.key().workload());
        return read(entry, messages);
    }

    private static Optional<Difference> read(ObjectNode entry, AlertmanagerMessage messages) {
        try {
            return Optional.of(new Difference(entry, messages.alert(entry)));
        } catch (WrongShape e) {
            return Optional.empty();
        }
    }
}
