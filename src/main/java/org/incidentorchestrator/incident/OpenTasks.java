package org.incidentorchestrator.incident;

import java.util.Optional;

/** Which tasks people have now, by their ids, for links to them. Implemented by whoever makes the tasks. */
public interface OpenTasks {
    /** In which an open incident is responded to. */
    Optional<String> respond(IncidentNumber incident);

    /** Which a {@link PersonNeeded} of this subject has made, and which is not settled yet. */
    Optional<String> about(String subject);
}
