/**
 * Reasons why a change may not be made now: one class each, with a reason word, a message and a remedy. They are asked
 * in their order when a change is proposed, and again before it is made; those that only need the database come before
 * those that ask the cluster.
 */
package org.incidentorchestrator.step.guard;
