package org.incidentorchestrator.intake;

/** A message of this source says that it does not hold all: the source has to be asked for the rest. */
record AlertsLeftOut(String source) {}
