package org.incidentorchestrator.incident;

import static org.incidentorchestrator.incident.Incidents.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** A row of an incident, read. */
final class IncidentRow {
    private IncidentRow() {}

    static Incident read(ResultSet row, int ignored) throws SQLException {
        String target = row.getString("target");
        String ending = row.getString("ending");
        String outcome = row.getString("outcome");
        return new Incident(
                new IncidentNumber(row.getLong("number")),
                row.getBoolean("exercise"),
                new IncidentKey(row.getString("alert_name"), row.getString("namespace"), row.getString("workload")),
                Severity.valueOf(row.getString("severity")),
                row.getString("summary"),
                row.getString("runbook"),
                target == null ? null : Target.parse(target),
                instant(row, "opened_at"),
                row.getInt("level"),
                instant(row, "ladder_armed_at"),
                instant(row, "first_acknowledged_at"),
                instant(row, "acknowledged_at"),
                row.getString("acknowledged_by"),
                ending == null
                        ? null
                        : new Ending(
                                Ending.Cause.valueOf(ending),
                                row.getString("ending_by"),
                                row.getString("ending_reason"),
                                instant(row, "ending_at")),
                instant(row, "closed_at"),
                outcome == null ? null : Incident.Outcome.valueOf(outcome),
                row.getInt("reopened"),
                row.getString("declared_by"),
                instant(row, "held_until"),
                abort(row),
                row.getInt("ladder_reached"),
                instant(row, "paged_at"),
                parent(row));
    }

    private static IncidentNumber parent(ResultSet row) throws SQLException {
        Long parent = row.getObject("parent", Long.class);
        return parent == null ? null : new IncidentNumber(parent);
    }

    private static Incident.Abort abort(ResultSet row) throws SQLException {
        Instant at = instant(row, "aborted_at");
        return at == null ? null : new Incident.Abort(row.getString("aborted_by"), row.getString("aborted_reason"), at);
    }
}
