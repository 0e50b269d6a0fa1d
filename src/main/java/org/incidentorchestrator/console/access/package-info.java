/**
 * Who is asking and what they may ask for: the security chains, the accounts, their groups and rights. One resolution
 * of identity, {@link org.incidentorchestrator.console.access.Callers}, serves the web apps' session, the REST API and
 * the engine's REST API. Beside {@code runbook} and {@code approval} the only place that knows Camunda.
 */
package org.incidentorchestrator.console.access;
