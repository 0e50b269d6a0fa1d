package org.incidentorchestrator.runbook;

/** A step has to be tried again with back-off; when the retries are spent, a person has to look. */
final class StepRetry extends RuntimeException {
    StepRetry(String message, Throwable cause) {
        super(message, cause);
    }
}
