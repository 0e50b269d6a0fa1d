package org.incidentorchestrator.incident;

/** Nobody has an incident any more, and paging goes on. Published in the transaction that makes it true. */
public record IncidentGivenBack(Incident incident, String reason) {}
