package org.incidentorchestrator.incident;

import java.util.List;

/** Incidents were opened or reopened in this transaction; their root processes are to be started in it too. */
public record IncidentsOpened(List<Incident> incidents) {
    public IncidentsOpened {
        incidents = List.copyOf(incidents);
    }
}
