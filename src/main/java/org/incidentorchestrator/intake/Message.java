package org.incidentorchestrator.intake;

import java.util.List;
import org.incidentorchestrator.incident.Alert;

/**
 * What was understood of one webhook's body.
 *
 * @param alerts those that can be worked on
 * @param faults what could not be understood, a sentence each; a message with any is parked for a person when its
 *     alerts have been worked on
 * @param truncated how many alerts the sender says it has left out
 */
record Message(List<Alert> alerts, List<String> faults, int truncated) {
    Message {
        alerts = List.copyOf(alerts);
        faults = List.copyOf(faults);
    }

    static Message unintelligible(String fault) {
        return new Message(List.of(), List.of(fault), 0);
    }
}
