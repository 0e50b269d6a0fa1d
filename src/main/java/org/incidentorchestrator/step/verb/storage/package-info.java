/** Volumes as an operator looks at them: which claims have one, and what the others wait for. */
package org.incidentorchestrator.step.verb.storage;
