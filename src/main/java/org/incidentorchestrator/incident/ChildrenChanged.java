package org.incidentorchestrator.incident;

/** Others wait on this incident than before: whoever shows it shows them. Published in the transaction that makes it true. */
public record ChildrenChanged(Incident parent) {}
