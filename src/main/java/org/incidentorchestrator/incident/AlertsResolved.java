package org.incidentorchestrator.incident;

import java.util.List;

/** The pager resolved the last firing alert of these incidents in this transaction. */
public record AlertsResolved(List<IncidentNumber> incidents) {
    public AlertsResolved {
        incidents = List.copyOf(incidents);
    }
}
