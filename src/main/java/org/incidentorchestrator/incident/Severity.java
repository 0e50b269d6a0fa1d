package org.incidentorchestrator.incident;

import java.util.Locale;

/** How bad it is (runbook T01–T03). What a paging system does not say is UNKNOWN, which pages like CRITICAL. */
public enum Severity {
    CRITICAL,
    WARNING,
    INFO,
    UNKNOWN;

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
