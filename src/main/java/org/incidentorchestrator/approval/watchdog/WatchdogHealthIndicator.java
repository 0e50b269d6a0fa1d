package org.incidentorchestrator.approval.watchdog;

import java.util.List;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Down when the watchdog is dead or blind, or has found something. Asks no database. */
@Component
final class WatchdogHealthIndicator extends AbstractHealthIndicator {
    private final Watchdog watchdog;

    WatchdogHealthIndicator(Watchdog watchdog) {
        super("the watchdog's state cannot be read");
        this.watchdog = watchdog;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<String> findings = watchdog.last().confirmed().stream()
                .map(finding -> finding.what() + " " + finding.kind().remedy())
                .toList();
        health.status(watchdog.alive() && findings.isEmpty() ? "UP" : "DOWN")
                .withDetail("lastRound", watchdog.last().at().toString())
                .withDetail("findings", findings);
        if (!watchdog.alive()) {
            health.withDetail(
                    "remedy",
                    "it has not seen what it watches for too long: see the log of Watchdog, the database, and a thread dump; a restart is safe");
        }
    }
}
