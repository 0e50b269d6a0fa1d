package org.incidentorchestrator.step;

import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.evidence.Retained;
import org.incidentorchestrator.evidence.RetentionSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The texts of what steps sent and saw, as long as the evidence of their incidents. That a step was at an object stays: by
 * that its mark on the object is known.
 */
@Component
final class LedgerRetention implements Retained {
    private final JdbcClient jdbc;
    private final RetentionSettings settings;

    LedgerRetention(JdbcClient jdbc, RetentionSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public String what() {
        return "texts of steps";
    }

    @Override
    public Duration keepFor() {
        return settings.evidence();
    }

    @Override
    public List<String> tables() {
        return List.of();
    }

    @Override
    public int remove(Instant before, int most) {
        int proposals = jdbc.sql(
                        """
                        update proposal set input = '{}', kubectl = '', diff = '' where diff <> '' and id in (
                            select p.id from proposal p join incident i on i.number = p.incident
                            where i.closed_at < :before and p.diff <> '' order by p.id limit :most)""")
                .param("before", utc(before))
                .param("most", most)
                .update();
        int steps = jdbc.sql(
                        """
                        update step_ledger set effect = null, kubectl = null, output = null where id in (
                            select s.id from step_ledger s join incident i on i.number = s.incident
                            where i.closed_at < :before and s.state <> 'INTENT'
                                and (s.effect is not null or s.kubectl is not null or s.output is not null)
                            order by s.id limit :most)""")
                .param("before", utc(before))
                .param("most", most)
                .update();
        return Math.max(proposals, steps);
    }
}
