package org.incidentorchestrator.incident;

import java.util.Optional;

/**
 * What a {@link PersonNeeded} asked for has settled itself. Heard by whoever brought people in.
 *
 * @param reason a sentence: what has become of it
 * @param subject the same as it was asked under
 */
public record PersonNotNeeded(String reason, Optional<IncidentNumber> incident, String subject) {}
