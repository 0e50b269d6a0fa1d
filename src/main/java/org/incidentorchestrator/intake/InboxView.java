package org.incidentorchestrator.intake;

import static org.incidentorchestrator.incident.Incidents.instant;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;

/**
 * A message as people see it.
 *
 * @param size of the body in bytes
 * @param outcome what became of it, or why it is parked; null while it has not been tried
 * @param beginning of the body as text, on one line
 */
public record InboxView(
        long id,
        String source,
        Instant receivedAt,
        String state,
        int attempts,
        String outcome,
        String sha256,
        int size,
        String beginning) {
    private static final int SHOWN = 2000;

    static InboxView read(ResultSet row, int ignored) throws SQLException {
        byte[] body = row.getBytes("body");
        byte[] first = Arrays.copyOf(body, Math.min(body.length, SHOWN));
        return new InboxView(
                row.getLong("id"),
                row.getString("source"),
                instant(row, "received_at"),
                row.getString("state"),
                row.getInt("attempts"),
                row.getString("outcome"),
                row.getString("sha256"),
                body.length,
                CleanText.line(new String(first, StandardCharsets.UTF_8), SHOWN));
    }
}
