package org.incidentorchestrator.incident;

/**
 * When an incident pages has changed, because a wait on its common cause began or ended: its ladder is to be counted anew
 * from its row. Published in the transaction that makes it true.
 */
public record PagingMoved(Incident incident) {}
