/**
 * Incidents over REST: what is open, what happened, what happens next, the evidence and its proof. Reads only; every
 * error is a problem detail (RFC 9457) that says what to write instead.
 */
package org.incidentorchestrator.console.api;
