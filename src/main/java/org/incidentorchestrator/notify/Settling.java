package org.incidentorchestrator.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.notify.Notification.Recipient;
import org.incidentorchestrator.notify.Notification.State;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What becomes of a notification after it was tried: done, again later, or the contact's next address. When none is left
 * it is loud: on the record, as a task in Tasklist, in metrics and health; and all addresses are tried again after a
 * while, for as long as it is true.
 */
@Component
class Settling {
    private final Outbox outbox;
    private final Claims claims;
    private final OutboxSignal signal;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final NotificationMetrics metrics;
    private final NotifySettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Settling(
            Outbox outbox,
            Claims claims,
            OutboxSignal signal,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            NotificationMetrics metrics,
            NotifySettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.outbox = outbox;
        this.claims = claims;
        this.signal = signal;
        this.evidence = evidence;
        this.events = events;
        this.metrics = metrics;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    void sent(Notification row) {
        Recipient to = row.what().to();
        ifMine(
                row,
                State.SENT,
                "",
                () -> evidence.append(entry(
                        Entry.Kind.NOTIFIED,
                        row,
                        "Told " + to.words() + ": " + row.what().text())));
        if (to.round() > 0) {
            // Apart: what went out is not to be sent again because of a task that cannot be settled.
            transaction.executeWithoutResult(status -> events.publishEvent(new PersonNotNeeded(
                    to.contact().name() + " is reached again, by "
                            + to.address().channel(),
                    row.what().incident(),
                    Writing.ownSubject(to.contact().name()))));
        }
    }

    void dropped(Notification row, String why) {
        ifMine(row, State.DROPPED, why, () -> {});
    }

    void failed(Notification row, String why, Optional<Duration> after) {
        if (row.attempts() >= settings.attempts()) {
            givenUp(row, why);
            return;
        }
        Duration wait = settings.retryAfter(row.attempts());
        Duration asked = after.orElse(Duration.ZERO);
        if (claims.postpone(row, clock.instant().plus(wait.compareTo(asked) > 0 ? wait : asked), why)) {
            metrics.retried(row);
        }
    }

    /** What the server behind this address would find out in ten seconds is known; the next address has its own. */
    void leftAlone(Notification row, String why) {
        if (row.what().to().next().isPresent()) {
            givenUp(row, why);
        } else {
            failed(row, why, Optional.empty());
        }
    }

    void refused(Notification row, String why) {
        givenUp(row, why);
    }

    private void givenUp(Notification row, String why) {
        ifMine(row, State.FAILED, why, () -> {
            Optional<Recipient> next = row.what().to().next();
            next.ifPresentOrElse(to -> fallBack(row, to, why), () -> nobodyIsLeft(row, why));
        });
        signal.wake();
    }

    private void fallBack(Notification row, Recipient next, String why) {
        Instant now = clock.instant();
        outbox.add(row.what().to(next), now, now);
        if (row.what().to().round() == 0) {
            evidence.append(entry(
                    Entry.Kind.NOT_NOTIFIED,
                    row,
                    "Not told " + row.what().to().words() + "; "
                            + next.address().channel() + " is tried now: " + why));
        }
    }

    private void nobodyIsLeft(Notification row, String why) {
        Recipient to = row.what().to();
        if (!row.what().kind().calls()) {
            evidence.append(entry(Entry.Kind.NOT_NOTIFIED, row, "Not told " + to.words() + ": " + why));
            return;
        }
        if (to.round() == 0) {
            metrics.unreached();
            evidence.append(entry(
                    Entry.Kind.NOT_NOTIFIED, row, to.contact().name() + " could not be told by any address: " + why));
            events.publishEvent(new PersonNeeded(
                    "%s could not be told%s by any address; the last one said: %s. Tell %s another way, and see"
                                    .formatted(
                                            to.contact().name(),
                                            row.what()
                                                    .incident()
                                                    .map(number -> " of " + number)
                                                    .orElse(""),
                                            why,
                                            to.contact().name())
                            + " the settings notify.* and GET /actuator/health; it is tried again every "
                            + settings.roundAgain().toSeconds() + " s.",
                    row.what().incident(),
                    Writing.ownSubject(to.contact().name())));
        }
        if (settings.roundAgain().multipliedBy(to.round() + 1L).compareTo(settings.giveUpAfter()) <= 0) {
            Instant now = clock.instant();
            outbox.add(row.what().to(to.again()), now.plus(settings.roundAgain()), now);
        }
    }

    private void ifMine(Notification row, State state, String note, Runnable rest) {
        transaction.executeWithoutResult(status -> {
            if (claims.settle(row, state, note, clock.instant())) {
                rest.run();
                metrics.settled(row, state);
            }
        });
    }

    private static Entry entry(Entry.Kind kind, Notification row, String summary) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("what", row.what().kind().name());
        facts.put("level", row.what().level());
        facts.put("contact", row.what().to().contact().name());
        facts.put("channel", row.what().to().address().channel());
        facts.put("attempts", row.attempts());
        return new Entry(kind, row.what().incident(), Entry.SELF, "", summary, facts);
    }
}
