package org.incidentorchestrator.runbook;

/** A step has to be tried again with back-off; when the retries are spent, a person has to look. */
final class StepRetry extends RuntimeException {
    private final boolean unanswered;

    /** @param unanswered that the cluster did not answer: it is tried on and on */
    StepRetry(String message, Throwable cause, boolean unanswered) {
        super(message, cause);
        this.unanswered = unanswered;
    }

    boolean unanswered() {
        return unanswered;
    }
}
