package org.incidentorchestrator.intake;

import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.evidence.Retained;
import org.incidentorchestrator.evidence.RetentionSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages that have been worked on. One that is parked waits for a person, however old it is. */
@Component
final class InboxRetention implements Retained {
    private final JdbcClient jdbc;
    private final RetentionSettings settings;

    InboxRetention(JdbcClient jdbc, RetentionSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public String what() {
        return "messages of the inbox";
    }

    @Override
    public Duration keepFor() {
        return settings.inbox();
    }

    @Override
    public List<String> tables() {
        return List.of("inbox");
    }

    @Override
    public int remove(Instant before, int most) {
        return jdbc.sql(
                        """
                        delete from inbox where id in (
                            select id from inbox where state = 'DONE' and done_at < :before order by id limit :most)""")
                .param("before", utc(before))
                .param("most", most)
                .update();
    }
}
