package org.incidentorchestrator.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How much waits in the inbox and for how long. A database that does not answer shows as no value. */
@Component
final class InboxMetrics implements MeterBinder {
    private final Inbox inbox;
    private final Clock clock;

    InboxMetrics(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("incident.inbox.backlog", () -> inbox.backlog().waiting())
                .description("Messages that are stored and not worked on yet")
                .register(meters);
        Gauge.builder("incident.inbox.parked", () -> inbox.backlog().parked())
                .description("Messages that only a person can help")
                .register(meters);
        Gauge.builder("incident.inbox.oldest.age", this::age)
                .description("Since when the oldest of the backlog waits")
                .baseUnit("seconds")
                .register(meters);
    }

    private double age() {
        return inbox.backlog()
                .oldest()
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
