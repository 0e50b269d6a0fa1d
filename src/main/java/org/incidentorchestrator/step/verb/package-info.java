/**
 * The verbs of an operator, one class each, in packages by the runbook's topics. A look reads and keeps what it read; an
 * act decides on one change and never makes it. Each is {@code ${steps.<name>}} in the models, and follows one line of the
 * runbook. Here lies what verbs of several topics share; a topic knows no other topic.
 */
package org.incidentorchestrator.step.verb;
