package org.incidentorchestrator.console.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentFilter;

/** @param next where the older ones are that fit too; absent on the last page */
record IncidentPage(List<IncidentView> incidents, String next) {

    /** @param found up to one more than the page holds: then there is a next page */
    static IncidentPage of(List<Incident> found, IncidentFilter filter, int limit) {
        List<Incident> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() <= limit ? null : next(filter, shown.get(limit - 1), limit);
        return new IncidentPage(shown.stream().map(IncidentView::of).toList(), next);
    }

    private static String next(IncidentFilter filter, Incident last, int limit) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("state", IncidentView.word(filter.state()));
        query.put("number", filter.number());
        query.put("service", filter.service());
        query.put("namespace", filter.namespace());
        query.put("runbook", filter.runbook());
        query.put("severity", filter.severity() == null ? null : IncidentView.word(filter.severity()));
        query.put("person", filter.person());
        query.put("from", filter.from());
        query.put("to", filter.to());
        query.put("before", last.number());
        query.put("limit", limit);
        return query.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "="
                        + URLEncoder.encode(parameter.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "/api/incidents?", ""));
    }
}
