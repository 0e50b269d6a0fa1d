package org.incidentorchestrator.runbook;

import org.incidentorchestrator.incident.Incident;

/** Why planned work goes no further, and who has said so: the window of a maintenance, or a person. */
final class WorkStop {
    /** In the place of a person's name, where the window has stopped it. */
    static final String WINDOW = "maintenance window";

    private WorkStop() {}

    /** In words: {@code window closed}, {@code bob ended the work: …}. */
    static String why(Incident incident) {
        if (incident.aborted()) {
            return byWindow(incident)
                    ? "window closed"
                    : "%s ended the work: %s"
                            .formatted(incident.abort().by(), incident.abort().reason());
        }
        return incident.ending() == null
                ? "not asked"
                : "%s ended it: %s"
                        .formatted(incident.ending().by(), incident.ending().reason());
    }

    /** Empty while nobody has. */
    static String by(Incident incident) {
        if (incident.aborted()) {
            return incident.abort().by();
        }
        return incident.ending() == null ? "" : incident.ending().by();
    }

    static boolean byWindow(Incident incident) {
        return WINDOW.equals(by(incident));
    }
}
