package org.incidentorchestrator.incident;

import java.util.Optional;

/**
 * Begins exercises: what an alert would do is done, and nobody is told of it outside. Implemented by who starts
 * processes; called by who has something to exercise on.
 */
public interface Exercises {
    /** The exercise that is open for this key, if there is one: there is one at a time. */
    Optional<Incident> open(IncidentKey key);

    /**
     * Opens an exercise as an alert of this key would open an incident, and starts its process.
     *
     * @param summary one line for people
     * @param person the user id of whoever wants it
     * @throws org.springframework.dao.DuplicateKeyException when one was opened for this key at the same moment
     */
    Incident begin(IncidentKey key, Severity severity, String summary, String person);
}
