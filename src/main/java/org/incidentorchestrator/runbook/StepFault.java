package org.incidentorchestrator.runbook;

/** A step that no retry can help: missing rights, a model's mistake, a bug. */
final class StepFault extends RuntimeException {
    StepFault(String message, Throwable cause) {
        super(message, cause);
    }
}
