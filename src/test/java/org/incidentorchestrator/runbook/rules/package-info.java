/** The rules that every process model keeps, one class each; all of them are run by ProcessModelTest. */
package org.incidentorchestrator.runbook.rules;
