package org.incidentorchestrator.console.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.runbook.RunbookProgress.Progress;
import org.incidentorchestrator.step.Stop;

/** An incident, what happens next, and where its record is. */
record IncidentDetail(@JsonUnwrapped IncidentView incident, Next next, Links links) {

    record Links(String timeline, String report, String verify) {}

    static IncidentDetail of(Incident incident, Progress progress, Optional<Stop> stop) {
        String self = "/api/incidents/" + incident.number();
        return new IncidentDetail(
                IncidentView.of(incident),
                Next.of(incident, progress, stop),
                new Links(self + "/timeline", self + "/report", self + "/verify"));
    }
}
