/**
 * An embedded cluster that behaves: an object store and controllers whose state is a function of the clock, computed
 * when it is read. It obeys the same contract as a real API server. Imported by nobody.
 */
package org.incidentorchestrator.sandbox;
