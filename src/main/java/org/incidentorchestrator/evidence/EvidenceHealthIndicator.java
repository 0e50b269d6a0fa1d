package org.incidentorchestrator.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Down when entries wait longer for their seal than they may. A restart does not help, so liveness does not ask it. */
@Component
final class EvidenceHealthIndicator extends AbstractHealthIndicator {
    private final JdbcClient jdbc;
    private final EvidenceSettings settings;
    private final Clock clock;

    EvidenceHealthIndicator(JdbcClient jdbc, EvidenceSettings settings, Clock clock) {
        super("evidence cannot be read");
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var unsealed = jdbc.sql("select count(*) as entries, min(at) as oldest from evidence where seq is null")
                .query((row, i) -> new Unsealed(row.getLong("entries"), Incidents.instant(row, "oldest")))
                .single();
        boolean late = unsealed.entries() > 0
                && Duration.between(unsealed.oldest(), clock.instant()).compareTo(settings.unsealedTolerance()) > 0;
        health.status(late ? "DOWN" : "UP").withDetail("unsealed", unsealed.entries());
        if (late) {
            health.withDetail("oldest", unsealed.oldest().toString())
                    .withDetail("remedy", "see the log of EvidenceSealer; nothing is lost, entries are sealed later");
        }
    }

    private record Unsealed(long entries, Instant oldest) {}
}
