package org.incidentorchestrator.notify;

import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.evidence.Retained;
import org.incidentorchestrator.evidence.RetentionSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was told outside. Not of an open incident: that it was told is what keeps it from being told again.
 */
@Component
final class NotificationRetention implements Retained {
    private final JdbcClient jdbc;
    private final RetentionSettings settings;

    NotificationRetention(JdbcClient jdbc, RetentionSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public String what() {
        return "notifications";
    }

    @Override
    public Duration keepFor() {
        return settings.notifications();
    }

    @Override
    public List<String> tables() {
        return List.of("notification", "acknowledge_link");
    }

    @Override
    public int remove(Instant before, int most) {
        jdbc.sql("delete from acknowledge_link where expires_at < :before")
                .param("before", utc(before))
                .update();
        return jdbc.sql(
                        """
                        delete from notification where id in (
                            select n.id from notification n left join incident i on i.number = n.incident
                            where n.state <> 'DUE' and n.done_at < :before
                                and (i.number is null or i.closed_at < :before)
                            order by n.id limit :most)""")
                .param("before", utc(before))
                .param("most", most)
                .update();
    }
}
