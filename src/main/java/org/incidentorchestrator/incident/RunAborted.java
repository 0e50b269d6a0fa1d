package org.incidentorchestrator.incident;

/** Somebody has aborted the run of this incident in this transaction: its waits are to be told. */
public record RunAborted(Incident incident) {}
