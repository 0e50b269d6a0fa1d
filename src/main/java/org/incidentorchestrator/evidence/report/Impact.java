package org.incidentorchestrator.evidence.report;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.incident.Incident;

/** How bad it was, for what and how long, as far as the record knows it: what was not measured is said to be unknown. */
final class Impact {
    private Impact() {}

    static String of(IncidentRecord record) {
        Incident incident = record.incident();
        return Markdown.heading(2, "Impact")
                + Markdown.header("", "")
                + Markdown.row("Severity", Spoken.word(incident.severity()))
                + Markdown.row("Service", service(incident))
                + Markdown.row("Not well for", length(record))
                + Markdown.row("Users", "unknown: what they noticed of it is not measured")
                + "\n";
    }

    private static String service(Incident incident) {
        return incident.foundTarget()
                .map(target -> Markdown.text(target.toString()))
                .orElseGet(() -> Markdown.text(incident.key().namespace() + "/"
                                + incident.key().workload()) + ", not found in the cluster");
    }

    private static String length(IncidentRecord record) {
        if (record.planned()) {
            return "unknown: it was planned work";
        }
        Optional<Instant> well = record.wellSince();
        if (well.isEmpty()) {
            return (record.incident().open() ? "still, or unknown" : "unknown")
                    + ": no verification has seen it well again";
        }
        Instant from = record.detected();
        return "%s%s: from %s, %s, to %s, since when the verification saw it well"
                .formatted(
                        record.alertBegan().isPresent() ? "" : "at least ",
                        Spoken.hours(java.time.Duration.between(from, well.get().isBefore(from) ? from : well.get())),
                        Spoken.moment(from),
                        record.alertBegan().isPresent() ? "when its alert began" : "when it was noticed",
                        Spoken.moment(well.get()));
    }
}
