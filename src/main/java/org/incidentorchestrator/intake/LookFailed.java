package org.incidentorchestrator.intake;

/** Alertmanager could not be asked, or its answer not be understood. The message says where, why and what to do. */
final class LookFailed extends Exception {
    LookFailed(String message) {
        super(message);
    }
}
