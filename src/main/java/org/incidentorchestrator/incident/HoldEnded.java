package org.incidentorchestrator.incident;

import java.util.List;

/**
 * What held these incidents ended in this transaction, maintenance that was ended early or the incident that they waited
 * on: they are to ask again.
 */
public record HoldEnded(List<IncidentNumber> incidents) {
    public HoldEnded {
        incidents = List.copyOf(incidents);
    }
}
