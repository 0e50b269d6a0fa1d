package org.incidentorchestrator.step;

import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Target;

/** What was changed for an incident: what a step may read of the ledger, so that it can take a change back or see whether it holds. */
public interface RecordedChanges {
    /** The latest change of an object that a step really made; a rehearsed one is none. */
    Optional<RecordedChange> last(IncidentNumber incident, String step, Target target);
}
