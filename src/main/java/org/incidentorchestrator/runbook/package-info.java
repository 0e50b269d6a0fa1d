/**
 * Which procedure; start it, correspond with it. The engine's edge: with {@code approval} and the part of
 * {@code console} that secures the web apps, the only place that knows Camunda.
 */
package org.incidentorchestrator.runbook;
