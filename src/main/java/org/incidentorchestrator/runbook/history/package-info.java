/**
 * What an incident's processes did, read from the engine's history: which instances ran, in which version of which model,
 * what each passed, along which flows, with what of the record belongs to it. Reads only; who may see an incident is decided
 * elsewhere.
 */
package org.incidentorchestrator.runbook.history;
