package org.incidentorchestrator.intake;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Down when webhooks could not be stored, or would be stored and not worked on. Asks no database. */
@Component
final class InboxHealthIndicator extends AbstractHealthIndicator {
    private final InboxWriter writer;
    private final InboxWorker worker;

    InboxHealthIndicator(InboxWriter writer, InboxWorker worker) {
        super("the inbox's state cannot be read");
        this.writer = writer;
        this.worker = worker;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.status(writer.accepts() && worker.isRunning() ? "UP" : "DOWN")
                .withDetail("accepts", writer.accepts())
                .withDetail("waitingForCommit", writer.waiting())
                .withDetail("works", worker.isRunning());
    }
}
