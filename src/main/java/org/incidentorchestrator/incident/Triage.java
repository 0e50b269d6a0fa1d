package org.incidentorchestrator.incident;

/** What became of an alert, with the reason in a sentence. The same word stands in log, API and metric. */
public record Triage(Outcome outcome, IncidentNumber incident, String reason) {
    public enum Outcome {
        OPENED,
        ATTACHED,
        REOPENED,
        /** The last firing alert of an incident was resolved. */
        RESOLVED,
        /** Kept, and nothing is started: a heartbeat, severity none, a late repeat. */
        SUPPRESSED
    }
}
