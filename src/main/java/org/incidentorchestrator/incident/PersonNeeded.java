package org.incidentorchestrator.incident;

import java.util.Optional;

/**
 * Something that only a person can settle. Heard by whoever brings people in; one task per subject.
 *
 * @param reason a sentence: what, where, why, what to do
 * @param subject what the same trouble is recognised by: {@code inbox/17}, {@code job/4711}
 */
public record PersonNeeded(String reason, Optional<IncidentNumber> incident, String subject) {
    /** A model puts its sentence together of parts, of which some are empty. */
    public PersonNeeded {
        reason = reason.strip().replaceAll(" {2,}", " ");
    }
}
