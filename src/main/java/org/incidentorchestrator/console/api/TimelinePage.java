package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.evidence.Artefacts.Kept;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;

/** @param exercise true for a game day's; left out for what is real @param next where the later entries are; absent on the last page */
record TimelinePage(Boolean exercise, List<Item> entries, String next) {

    /** @param sealed whether it has its place in the hash chain; it gets it within a second */
    record Item(
            long id,
            Instant at,
            String kind,
            String actor,
            String activity,
            String summary,
            Map<String, Object> details,
            boolean sealed,
            List<Link> evidence) {}

    /** @param source the kubectl line that shows the same @param size bytes @param href where the content is */
    record Link(int number, String name, String mediaType, String source, String sha256, long size, String href) {}

    /** @param found up to one more than the page holds: then there is a next page */
    static TimelinePage of(Incident incident, List<Recorded> found, int limit) {
        List<Recorded> shown = found.subList(0, Math.min(limit, found.size()));
        String self = "/api/incidents/" + incident.number();
        String next = found.size() <= limit
                ? null
                : "%s/timeline?after=%d&limit=%d"
                        .formatted(self, shown.get(limit - 1).id(), limit);
        return new TimelinePage(
                IncidentView.stamp(incident),
                shown.stream().map(entry -> item(incident.number(), entry)).toList(),
                next);
    }

    private static Item item(IncidentNumber incident, Recorded entry) {
        return new Item(
                entry.id(),
                entry.at(),
                IncidentView.word(entry.kind()),
                entry.actor(),
                entry.activity().isEmpty() ? null : entry.activity(),
                entry.summary(),
                entry.details(),
                entry.sealed(),
                entry.artefacts().stream().map(kept -> link(incident, kept)).toList());
    }

    static Link link(IncidentNumber incident, Kept kept) {
        return new Link(
                kept.number(),
                kept.name(),
                kept.mediaType(),
                kept.source(),
                kept.sha256(),
                kept.size(),
                "/api/incidents/" + incident + "/evidence/" + kept.number());
    }
}
