package org.incidentorchestrator.intake;

import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.evidence.Retained;
import org.incidentorchestrator.evidence.RetentionSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Alerts that are not heard of any more, as long as the evidence of their incidents. */
@Component
final class AlertRetention implements Retained {
    private final JdbcClient jdbc;
    private final RetentionSettings settings;

    AlertRetention(JdbcClient jdbc, RetentionSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public String what() {
        return "alerts";
    }

    @Override
    public Duration keepFor() {
        return settings.evidence();
    }

    @Override
    public List<String> tables() {
        return List.of("alert_episode");
    }

    @Override
    public int remove(Instant before, int most) {
        return jdbc.sql(
                        """
                        delete from alert_episode where (fingerprint, starts_at) in (
                            select a.fingerprint, a.starts_at from alert_episode a
                            left join incident i on i.number = a.incident
                            where a.last_seen_at < :before and (i.number is null or i.closed_at < :before)
                            order by a.fingerprint, a.starts_at limit :most)""")
                .param("before", utc(before))
                .param("most", most)
                .update();
    }
}
