package org.incidentorchestrator.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.incidentorchestrator.incident.Glance;
import org.incidentorchestrator.incident.Glances;
import org.incidentorchestrator.notify.Notification.State;
import org.incidentorchestrator.notify.Outbox.Backlog;
import org.incidentorchestrator.notify.channel.Channels;
import org.springframework.stereotype.Component;

/** What is told, what waits, and what could not be told, by channel. */
@Component
class NotificationMetrics {
    private static final String NAME = "incident.orchestrator.notifications";
    private static final List<String> CHANNELS = List.of("mail", "slack", "pagerduty");

    private final MeterRegistry meters;
    private final Counter unreached;
    private final Counter notWritten;

    NotificationMetrics(MeterRegistry meters, Outbox outbox, Channels channels, Glances glances) {
        this.meters = meters;
        this.unreached = Counter.builder(NAME + ".unreached")
                .description("Calls for which somebody could be told by no address, or nobody was on call")
                .register(meters);
        this.notWritten = Counter.builder(NAME + ".not.written")
                .description("Calls that could not be written into the outbox")
                .register(meters);
        CHANNELS.forEach(
                channel -> List.of("sent", "retried", "failed", "dropped").forEach(result -> counter(channel, result)));
        Glance<List<Backlog>> backlog = glances.of(outbox::backlog);
        CHANNELS.forEach(channel -> bind(channel, channels, backlog));
    }

    private void bind(String channel, Channels channels, Glance<List<Backlog>> backlog) {
        backlog.gauge(
                meters,
                "incident.orchestrator.outbox.backlog",
                "Notifications that are not sent yet",
                all -> of(channel, all).map(Backlog::waiting).orElse(0L),
                "channel",
                channel);
        backlog.age(
                meters,
                "incident.orchestrator.outbox.oldest.age",
                "Since when the oldest of them waits",
                all -> of(channel, all).flatMap(Backlog::oldest),
                "channel",
                channel);
        Gauge.builder("incident.orchestrator.channel.broken", channels, it -> broken(channel, it) ? 1 : 0)
                .description("1 while what was sent by the channel last did not arrive")
                .tag("channel", channel)
                .register(meters);
    }

    /** A channel may have several servers: {@code slack/ops}. */
    static boolean broken(String channel, Channels channels) {
        return channels.troubles().keySet().stream()
                .anyMatch(server -> server.equals(channel) || server.startsWith(channel + "/"));
    }

    private static Optional<Backlog> of(String channel, List<Backlog> all) {
        return all.stream().filter(one -> one.channel().equals(channel)).findAny();
    }

    void settled(Notification row, State state) {
        counter(row.what().to().address().channel(), state.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void retried(Notification row) {
        counter(row.what().to().address().channel(), "retried").increment();
    }

    void unreached() {
        unreached.increment();
    }

    void notWritten() {
        notWritten.increment();
    }

    private Counter counter(String channel, String result) {
        return Counter.builder(NAME)
                .description("Notifications that were tried, by what came of it")
                .tag("channel", channel)
                .tag("result", result)
                .register(meters);
    }

    /** Of the oldest that waits, over all channels. */
    static Optional<Instant> oldest(List<Backlog> all) {
        return all.stream().map(Backlog::oldest).flatMap(Optional::stream).min(Instant::compareTo);
    }
}
