package org.incidentorchestrator.incident;

import java.util.List;

/** Maintenance was ended early in this transaction: these incidents, which it kept from people, are to ask again. */
public record MaintenanceEnded(List<IncidentNumber> incidents) {
    public MaintenanceEnded {
        incidents = List.copyOf(incidents);
    }
}
