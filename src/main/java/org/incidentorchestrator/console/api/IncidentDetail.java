package org.incidentorchestrator.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.incident.Incident;

/**
 * An incident, what happens next, and where its record is.
 *
 * @param children what waits on it, or waited on it, the oldest first, a hundred at most; left out where nothing did
 */
record IncidentDetail(
        @JsonUnwrapped IncidentView incident,
        Next next,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Child> children,
        Links links) {
    static final int MOST_CHILDREN = 100;

    record Links(String timeline, String report, String verify) {}

    /** @param waits whether it still does */
    record Child(String id, IncidentView.State state, String namespace, String workload, boolean waits) {
        static Child of(Incident child, Instant now) {
            return new Child(
                    child.number().toString(),
                    child.open() ? IncidentView.State.open : IncidentView.State.closed,
                    child.key().namespace(),
                    child.key().workload(),
                    child.waits(now));
        }
    }

    static IncidentDetail of(Incident incident, Next next, List<Child> children) {
        String self = "/api/incidents/" + incident.number();
        return new IncidentDetail(
                IncidentView.of(incident),
                next,
                children,
                new Links(self + "/timeline", self + "/report", self + "/verify"));
    }
}
