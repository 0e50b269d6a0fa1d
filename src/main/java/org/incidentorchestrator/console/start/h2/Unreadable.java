package org.incidentorchestrator.console.start.h2;

/** What H2 says of a file that it cannot read, in one line. */
final class Unreadable {
    private static final int LONGEST = 200;

    private Unreadable() {}

    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        text = text.replaceAll("\\s+", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
