package org.incidentorchestrator.incident;

/** An alert has joined an incident that is worse than it was so far. Published in the transaction that makes it true. */
public record IncidentWorsened(Incident incident) {}
