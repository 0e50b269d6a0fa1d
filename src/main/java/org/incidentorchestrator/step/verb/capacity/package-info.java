/** Capacity and the key metrics: what is used, what is allowed, and how both move. */
package org.incidentorchestrator.step.verb.capacity;
