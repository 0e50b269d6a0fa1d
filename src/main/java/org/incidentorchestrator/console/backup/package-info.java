/**
 * Back-ups of this program's own state, while it runs and while it does not, and what is checked of one before it is put in
 * place. Those of namespaces are steps: {@code step.verb.backup}.
 */
package org.incidentorchestrator.console.backup;
