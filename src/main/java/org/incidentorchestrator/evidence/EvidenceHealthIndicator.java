package org.incidentorchestrator.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
        Unsealed unsealed = Unsealed.read(jdbc);
        Optional<Instant> late = unsealed.oldest().filter(this::tooLongAgo);
        health.status(late.isPresent() ? "DOWN" : "UP").withDetail("unsealed", unsealed.entries());
        late.ifPresent(oldest -> health.withDetail("oldest", oldest.toString())
                .withDetail("remedy", "see the log of EvidenceSealer; nothing is lost, entries are sealed later"));
    }

    private boolean tooLongAgo(Instant oldest) {
        return Duration.between(oldest, clock.instant()).compareTo(settings.unsealedTolerance()) > 0;
    }
}
