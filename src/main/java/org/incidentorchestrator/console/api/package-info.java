/**
 * Incidents over REST: what is open, what happened, what happens next, the evidence and its proof; and what people declare,
 * answer, decide and stop, each handed to its owner. Every error is a problem detail (RFC 9457) that says what to write
 * instead.
 */
package org.incidentorchestrator.console.api;
