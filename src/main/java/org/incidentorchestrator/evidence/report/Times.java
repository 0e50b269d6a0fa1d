package org.incidentorchestrator.evidence.report;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.incident.Incident;

/** When it was detected, received, acknowledged, mitigated and resolved: in UTC, and since it was detected. */
final class Times {
    private final IncidentRecord record;
    private final Incident incident;

    private Times(IncidentRecord record) {
        this.record = record;
        this.incident = record.incident();
    }

    static String of(IncidentRecord record) {
        return Markdown.heading(2, "Times") + new Times(record).table() + "\n";
    }

    private String table() {
        return Markdown.header("", "UTC", "Since detection", "")
                + row(
                        "Detected",
                        Optional.of(record.detected()),
                        record.alertBegan().isPresent()
                                ? "as its alert says"
                                : "when it was received: since when it was so is not known")
                + row("Received", Optional.of(record.received()), "from " + source())
                + row("First paged", record.now(Kind.PAGED).map(Recorded::at).findFirst(), paged())
                + row(
                        "Acknowledged",
                        record.acknowledged().map(Recorded::at),
                        record.acknowledged()
                                .map(entry -> "by " + Markdown.text(entry.actor()))
                                .orElse("nobody took it"))
                + mitigated()
                + row(
                        "Resolved",
                        Optional.ofNullable(incident.closedAt()),
                        incident.open() ? "still open" : Spoken.word(incident.outcome()));
    }

    private String source() {
        return record.now(Kind.ALERT_RECEIVED, Kind.INCIDENT_OPENED, Kind.INCIDENT_REOPENED)
                .map(entry -> Markdown.text(entry.actor()))
                .findFirst()
                .orElse("a source that the record does not name");
    }

    private String paged() {
        if (record.now(Kind.PAGED).findFirst().isEmpty()) {
            return "nobody was paged";
        }
        return incident.exercise() ? "would have been: it was an exercise" : "";
    }

    /** By a change after which all was well, and stayed so. */
    private String mitigated() {
        return record.mitigation()
                .map(found -> row(
                        "Mitigated",
                        Optional.of(found.change().madeAt()),
                        Markdown.text(found.change().what()) + "; the verification held from "
                                + Spoken.clock(found.since(), record.received()) + " on"))
                .orElseGet(() -> row(
                        "Mitigated",
                        Optional.empty(),
                        record.made().isEmpty()
                                ? "unknown: of no change of this program is it known that it was made"
                                : "unknown: no verification has held after a change"));
    }

    private String row(String what, Optional<Instant> at, String note) {
        return Markdown.row(
                what,
                at.map(Spoken::moment).orElse("–"),
                at.map(moment -> Spoken.since(record.detected(), moment)).orElse("–"),
                note);
    }
}
