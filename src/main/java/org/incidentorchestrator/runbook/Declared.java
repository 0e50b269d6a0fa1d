package org.incidentorchestrator.runbook;

import java.util.List;
import org.incidentorchestrator.incident.Incident;

/** What became of a declaration. */
public sealed interface Declared {
    /** @param before that the same declaration had opened it already: nothing was done */
    record Opened(Incident incident, boolean before) implements Declared {}

    /** @param incident the one that stands against it; @param why a sentence */
    record Conflict(Incident incident, String why) implements Declared {}

    /** @param faults each a sentence */
    record Invalid(List<String> faults) implements Declared {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
