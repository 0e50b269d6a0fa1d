package org.incidentorchestrator.incident;

import java.util.Locale;

/** How bad it is (runbook T01–T03). What a paging system does not say is UNKNOWN, which pages like CRITICAL. */
public enum Severity {
    CRITICAL,
    WARNING,
    INFO,
    UNKNOWN;

    /** Whether it pages more people, or sooner. */
    public boolean worseThan(Severity other) {
        return rank() > other.rank();
    }

    private int rank() {
        return switch (this) {
            case INFO -> 0;
            case WARNING -> 1;
            case UNKNOWN, CRITICAL -> 2;
        };
    }

    /** The severity that a label names; anything else is {@link #UNKNOWN}, never a guess. */
    public static Severity of(String label) {
        String word = label == null ? "" : label.trim().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "critical", "page", "error" -> CRITICAL;
            case "warning", "warn" -> WARNING;
            case "info", "none" -> INFO;
            default -> UNKNOWN;
        };
    }
}
