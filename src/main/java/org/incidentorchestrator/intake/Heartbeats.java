package org.incidentorchestrator.intake;

import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Instant;
import org.incidentorchestrator.incident.Alert;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When an alert that always fires was seen last: its silence says that alerts do not arrive any more. */
@Repository
class Heartbeats {
    private final JdbcClient jdbc;

    Heartbeats(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void seen(Alert alert, Instant at) {
        String update = "update heartbeat set last_seen_at = :at where source = :source and name = :name";
        if (execute(update, alert, at) == 0) {
            execute("insert into heartbeat (source, name, last_seen_at) values (:source, :name, :at)", alert, at);
        }
    }

    private int execute(String sql, Alert alert, Instant at) {
        return jdbc.sql(sql)
                .param("at", utc(at))
                .param("source", alert.source())
                .param("name", alert.key().alertName())
                .update();
    }
}
