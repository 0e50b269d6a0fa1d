package org.incidentorchestrator.approval;

import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.Incident;

/**
 * Something of an incident that only a person can settle has its task now. Told while the task is being made: no query finds
 * it yet.
 */
public record PersonTaskMade(Task task, Incident incident) {}
