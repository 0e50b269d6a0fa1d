package org.incidentorchestrator.console.start.h2;

/** The program cannot start on this database file. It is as it was; the message says why, and what to do. */
public final class DatabaseRefused extends RuntimeException {
    DatabaseRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
