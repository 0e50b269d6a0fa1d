/**
 * What an operator would type, as values. A {@link org.incidentorchestrator.step.Step} looks and decides; the one
 * {@link org.incidentorchestrator.step.StepRunner} guards, records, applies and records again. Knows no engine.
 */
package org.incidentorchestrator.step;
