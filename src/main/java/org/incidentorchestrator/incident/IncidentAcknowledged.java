package org.incidentorchestrator.incident;

/** Somebody has taken an incident: paging has stopped. Published in the transaction that makes it true. */
public record IncidentAcknowledged(Incident incident, String by) {}
