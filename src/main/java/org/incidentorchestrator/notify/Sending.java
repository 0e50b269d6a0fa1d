package org.incidentorchestrator.notify;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.OpenTasks;
import org.incidentorchestrator.notify.channel.Channels;
import org.incidentorchestrator.notify.channel.Delivery;
import org.incidentorchestrator.notify.channel.Message;
import org.springframework.stereotype.Component;

/**
 * Sends one notification: claims it, looks whether it is still true, sends it outside of any transaction, and writes down
 * what came of it. A program that is killed between sending and writing leaves a claim that ends: then it is sent again.
 * A pager sees by the key that it knows it; a mail or a chat message may be there twice.
 */
@Component
class Sending {
    /** Longer than all the calls of one message together. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final int AT_ONCE = 20;

    private final Claims claims;
    private final Recheck recheck;
    private final Incidents incidents;
    private final OpenTasks tasks;
    private final AcknowledgeLinks links;
    private final Wording wording;
    private final Channels channels;
    private final Settling settling;
    private final Clock clock;

    Sending(
            Claims claims,
            Recheck recheck,
            Incidents incidents,
            OpenTasks tasks,
            AcknowledgeLinks links,
            Wording wording,
            Channels channels,
            Settling settling,
            Clock clock) {
        this.claims = claims;
        this.recheck = recheck;
        this.incidents = incidents;
        this.tasks = tasks;
        this.links = links;
        this.wording = wording;
        this.channels = channels;
        this.settling = settling;
        this.clock = clock;
    }

    /** @return whether there was one: then there may be more */
    boolean next(String channel) {
        for (Notification due : claims.due(channel, clock.instant(), AT_ONCE)) {
            Optional<Notification> claimed = claims.claim(due, clock.instant().plus(LEASE));
            if (claimed.isPresent()) {
                work(claimed.get());
                return true;
            }
        }
        return false;
    }

    private void work(Notification row) {
        Optional<Incident> incident = row.what().incident().flatMap(incidents::find);
        Optional<String> dropped = recheck.dropped(row, incident);
        if (dropped.isPresent()) {
            settling.dropped(row, dropped.get());
            return;
        }
        settle(row, send(row, message(row, incident)));
    }

    Delivery send(Notification row, Message message) {
        return channels.send(
                row.what().to().address().channel(), row.what().to().address().to(), message);
    }

    private Message message(Notification row, Optional<Incident> incident) {
        Optional<String> task =
                row.what().task().or(() -> incident.filter(Incident::open).flatMap(it -> tasks.respond(it.number())));
        return wording.of(row, incident, task, links.forReaderOf(row));
    }

    private void settle(Notification row, Delivery delivery) {
        if (delivery instanceof Delivery.Sent) {
            settling.sent(row);
        } else if (delivery instanceof Delivery.Failed failed) {
            settling.failed(row, failed.why(), failed.after());
        } else if (delivery instanceof Delivery.LeftAlone alone) {
            settling.leftAlone(row, alone.why());
        } else if (delivery instanceof Delivery.Refused refused) {
            settling.refused(row, refused.why());
        }
    }
}
