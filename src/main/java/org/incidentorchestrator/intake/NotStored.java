package org.incidentorchestrator.intake;

/** A message could not be committed in time: the sender has to send it again. The message says why. */
final class NotStored extends RuntimeException {
    NotStored(String why, Throwable cause) {
        super(why, cause);
    }
}
