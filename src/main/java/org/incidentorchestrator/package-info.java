/**
 * The operations runbook of a Kubernetes platform, executable.
 *
 * <pre>
 *  paging system ─▶ intake ─▶ incident ─▶ runbook ─▶ BPMN ─▶ step ─▶ cluster
 *                                            │                │
 *                                 approval ◀─┘                ▼
 *                         people, timers, forms ────────▶ evidence ─▶ console, Cockpit, report
 * </pre>
 *
 * A paging system posts an alert. {@link org.incidentorchestrator.intake} has it on disk before it answers, and makes
 * it a part of exactly one {@link org.incidentorchestrator.incident}. {@link org.incidentorchestrator.runbook} starts
 * the process that fits; its service tasks are {@link org.incidentorchestrator.step steps}, which look at and change
 * the {@link org.incidentorchestrator.cluster} as an operator would with kubectl.
 * {@link org.incidentorchestrator.approval} brings people in, level by level. Everything that happens is
 * {@link org.incidentorchestrator.evidence}, shown by {@link org.incidentorchestrator.console}. Where no cluster is
 * named, {@link org.incidentorchestrator.sandbox} is one that behaves.
 */
package org.incidentorchestrator;
