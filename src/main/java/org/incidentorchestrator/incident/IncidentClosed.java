package org.incidentorchestrator.incident;

/** An incident was closed: nobody is paged for it any more. Published in the transaction that makes it true. */
public record IncidentClosed(Incident incident) {}
