package org.incidentorchestrator.approval;

import org.incidentorchestrator.incident.Incident;

/**
 * How soon a person is needed, as the engine's task priority: what Tasklist lists first. By severity; of one severity an
 * approval comes first, since somebody waits for it, and what somebody has comes last. An exercise comes after all that is
 * real.
 */
public final class Urgency {
    /** Of what concerns no incident, and only a person can settle. */
    public static final int WITHOUT_INCIDENT = 100;

    private static final int STEP = 10;
    private static final int EXERCISE = 10;

    private Urgency() {}

    /** Of what its responders are asked. */
    public static int ofResponse(Incident incident) {
        return of(incident, incident.takenBy().isPresent() ? -STEP : 0);
    }

    /** Of what its approvers are asked. */
    public static int ofApproval(Incident incident) {
        return of(incident, STEP);
    }

    private static int of(Incident incident, int step) {
        int urgency = bySeverity(incident) + step;
        return incident.exercise() ? urgency / EXERCISE : urgency;
    }

    private static int bySeverity(Incident incident) {
        return switch (incident.severity()) {
            case CRITICAL, UNKNOWN -> 100;
            case WARNING -> 70;
            case INFO -> 40;
        };
    }
}
