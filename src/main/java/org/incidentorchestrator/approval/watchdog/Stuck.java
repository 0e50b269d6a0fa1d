package org.incidentorchestrator.approval.watchdog;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;

/**
 * Something that does not go on by itself.
 *
 * @param what it is; @param why, with what to do about it
 */
public record Stuck(Optional<IncidentNumber> incident, String what, String why, Instant since) {}
