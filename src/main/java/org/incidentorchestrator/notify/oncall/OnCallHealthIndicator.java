package org.incidentorchestrator.notify.oncall;

import java.util.Optional;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * Unknown while nobody outside of Tasklist is told: it is so on purpose or by an oversight, and the program works.
 * Out of service while a changed file is not taken, since the next start would fail at it.
 */
@Component("onCallHealthIndicator")
final class OnCallHealthIndicator extends AbstractHealthIndicator {
    private final OnCall onCall;
    private final OnCallSettings settings;

    OnCallHealthIndicator(OnCall onCall, OnCallSettings settings) {
        super("it cannot be read who is on call");
        this.onCall = onCall;
        this.settings = settings;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<String> warning = onCall.warning();
        health.status(
                        warning.isEmpty()
                                ? Status.UP
                                : settings.file().isPresent() ? Status.OUT_OF_SERVICE : Status.UNKNOWN)
                .withDetail("from", onCall.source());
        warning.ifPresent(what -> health.withDetail("warning", what));
    }
}
