/**
 * The verbs of an operator, one class each. A look reads and keeps what it read; an act decides on one change and never
 * makes it. Each is {@code ${steps.<name>}} in the models, and follows one line of the runbook.
 */
package org.incidentorchestrator.step.verb;
