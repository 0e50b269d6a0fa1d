package org.incidentorchestrator.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.evidence.Artefacts.Kept;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Entries with what was kept of them, in one statement: an entry has a row for each artefact, or one without. */
final class RecordedRows implements ResultSetExtractor<List<Recorded>> {
    /** @param which the condition that entries fulfil; whatever limits them counts entries, not artefacts */
    static String of(String which) {
        return """
                select e.id, e.at, e.kind, e.actor, e.activity, e.summary, e.details, e.hash,
                    a.id as artefact, a.at as kept_at, a.name, a.media_type, a.source, a.sha256, a.size
                from (select * from evidence where %s) e left join artefact a on a.evidence = e.id
                order by e.id, a.id"""
                .formatted(which);
    }

    @Override
    public List<Recorded> extractData(ResultSet rows) throws SQLException {
        List<Recorded> entries = new ArrayList<>();
        List<Kept> artefacts = new ArrayList<>();
        while (rows.next()) {
            if (entries.isEmpty() || entries.get(entries.size() - 1).id() != rows.getLong("id")) {
                artefacts = new ArrayList<>();
                entries.add(entry(rows, artefacts));
            }
            if (rows.getObject("artefact") != null) {
                artefacts.add(kept(rows));
            }
        }
        return entries;
    }

    private static Recorded entry(ResultSet row, List<Kept> artefacts) throws SQLException {
        return new Recorded(
                row.getLong("id"),
                Incidents.instant(row, "at"),
                Entry.Kind.valueOf(row.getString("kind")),
                row.getString("actor"),
                row.getString("activity"),
                row.getString("summary"),
                Details.read(row.getString("details")),
                row.getString("hash") != null,
                artefacts);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getInt("artefact"),
                row.getLong("id"),
                Incidents.instant(row, "kept_at"),
                row.getString("name"),
                row.getString("media_type"),
                row.getString("source"),
                row.getString("sha256"),
                row.getLong("size"));
    }
}
