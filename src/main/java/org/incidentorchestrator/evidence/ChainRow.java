package org.incidentorchestrator.evidence;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.incident.Incidents;

/**
 * What a seal covers. The hash is SHA-256 over the fields in the order below, each as {@code name:length:value⏎}, the
 * length in characters; so nobody can move text from one field to the next, and anybody can compute it again.
 *
 * @param incident its number, empty for none
 * @param artefacts the SHA-256 of each of its artefacts, in the order of their numbers
 */
record ChainRow(
        long id,
        String incident,
        Instant at,
        String kind,
        String actor,
        String activity,
        String summary,
        String details,
        List<String> artefacts) {

    /** What the first entry follows. */
    static final String BEGINNING = "0".repeat(64);

    static ChainRow read(ResultSet row, List<String> artefacts) throws SQLException {
        String incident = row.getString("incident");
        return new ChainRow(
                row.getLong("id"),
                incident == null ? "" : incident,
                Incidents.instant(row, "at"),
                row.getString("kind"),
                row.getString("actor"),
                row.getString("activity"),
                row.getString("summary"),
                row.getString("details"),
                artefacts);
    }

    String hash(long sequence, String before) {
        var text = new StringBuilder();
        field(text, "seq", sequence);
        field(text, "prev_hash", before);
        field(text, "id", id);
        field(text, "incident", incident);
        field(text, "at", at);
        field(text, "kind", kind);
        field(text, "actor", actor);
        field(text, "activity", activity);
        field(text, "summary", summary);
        field(text, "details", details);
        field(text, "artefacts", String.join(" ", artefacts));
        return Content.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void field(StringBuilder text, String name, Object value) {
        String written = value.toString();
        text.append(name)
                .append(':')
                .append(written.length())
                .append(':')
                .append(written)
                .append('\n');
    }
}
