package org.incidentorchestrator.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.incidentorchestrator.notify.Outbox.Backlog;
import org.incidentorchestrator.notify.channel.Channels;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/**
 * Down when a channel does not work or something waits too long to be told. A restart helps neither, so neither liveness
 * nor readiness asks it.
 */
@Component
final class NotificationHealthIndicator extends AbstractHealthIndicator {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Outbox outbox;
    private final Channels channels;
    private final Senders senders;
    private final Clock clock;

    NotificationHealthIndicator(Outbox outbox, Channels channels, Senders senders, Clock clock) {
        super("the outbox cannot be read");
        this.outbox = outbox;
        this.channels = channels;
        this.senders = senders;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<Backlog> backlog = outbox.backlog();
        Optional<Instant> late = NotificationMetrics.oldest(backlog)
                .filter(oldest -> Duration.between(oldest, clock.instant()).compareTo(TOLERANCE) > 0);
        Map<String, Channels.Trouble> troubles = channels.troubles();
        boolean works = channels.configured().isEmpty() || senders.isRunning();
        health.status(late.isEmpty() && troubles.isEmpty() && works ? "UP" : "DOWN")
                .withDetail("channels", channels.configured())
                .withDetail(
                        "waiting", backlog.stream().mapToLong(Backlog::waiting).sum())
                .withDetail("works", works);
        late.ifPresent(oldest -> health.withDetail("oldest", oldest.toString()));
        Map<String, String> words = new TreeMap<>();
        troubles.forEach((server, trouble) -> words.put(server, "since " + trouble.since() + ": " + trouble.why()));
        if (!words.isEmpty()) {
            health.withDetail("broken", words)
                    .withDetail("remedy", "see the settings notify.*; POST /api/notifications/test tries a contact");
        }
    }
}
