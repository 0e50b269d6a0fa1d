package org.incidentorchestrator.console.api;

import java.util.List;
import org.incidentorchestrator.incident.Incident;

/** @param next where the older ones are; absent on the last page */
record IncidentPage(List<IncidentView> incidents, String next) {

    /** @param found up to one more than the page holds: then there is a next page */
    static IncidentPage of(List<Incident> found, String state, int limit) {
        List<Incident> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() <= limit
                ? null
                : "/api/incidents?state=%s&before=%s&limit=%d"
                        .formatted(state, shown.get(limit - 1).number(), limit);
        return new IncidentPage(shown.stream().map(IncidentView::of).toList(), next);
    }
}
