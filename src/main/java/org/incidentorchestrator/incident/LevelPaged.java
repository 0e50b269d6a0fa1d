package org.incidentorchestrator.incident;

import java.time.Instant;

/**
 * A level of the ladder is to be told now. Published in the transaction that writes the page, once per page: after an
 * outage of ours once, for the highest level that was due.
 *
 * @param incident as it is with this page
 * @param level 1 to 4, 5 for everybody
 * @param at which page it is: everybody is paged again and again
 */
public record LevelPaged(Incident incident, int level, Instant at) {}
