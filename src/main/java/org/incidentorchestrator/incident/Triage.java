package org.incidentorchestrator.incident;

/**
 * What became of an alert. The same word stands in log, API and metric.
 *
 * @param incident null for an alert that belongs to none
 * @param reason a few words for people
 */
public record Triage(Outcome outcome, IncidentNumber incident, String reason) {
    /** {@code OPENED INC-1 (nothing was open for it)}. */
    @Override
    public String toString() {
        return outcome + (incident == null ? "" : " " + incident) + " (" + reason + ")";
    }

    public enum Outcome {
        OPENED,
        ATTACHED,
        REOPENED,
        /** The last firing alert of an incident was resolved. */
        RESOLVED,
        /** Put on the record, and nobody is paged: it only informs. */
        RECORDED,
        /** Kept, and nothing is started: a heartbeat, severity none, a late repeat. */
        SUPPRESSED
    }
}
