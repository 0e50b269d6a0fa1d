package org.incidentorchestrator.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.incidentorchestrator.incident.Incident;

/** An incident, what happens next, and where its record is. */
record IncidentDetail(@JsonUnwrapped IncidentView incident, Next next, Links links) {

    record Links(String timeline, String report, String verify) {}

    static IncidentDetail of(Incident incident, Next next) {
        String self = "/api/incidents/" + incident.number();
        return new IncidentDetail(
                IncidentView.of(incident), next, new Links(self + "/timeline", self + "/report", self + "/verify"));
    }
}
