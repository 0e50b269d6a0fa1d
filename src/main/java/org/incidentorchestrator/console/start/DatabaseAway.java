package org.incidentorchestrator.console.start;

import java.sql.SQLException;

/** The start needs the database, and it does not take a connection. */
final class DatabaseAway extends RuntimeException {
    DatabaseAway(Exception cause) {
        super("The database cannot be reached: " + reason(cause), cause);
    }

    /** The driver's own words; what wraps them says less. */
    String reason() {
        return reason(getCause());
    }

    private static String reason(Throwable cause) {
        Throwable at = cause;
        while (at.getCause() != null && !(at instanceof SQLException)) {
            at = at.getCause();
        }
        while (at.getCause() instanceof SQLException inner) {
            at = inner;
        }
        return at.getMessage();
    }
}
