package org.incidentorchestrator.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.notify.Notification.Draft;
import org.incidentorchestrator.notify.channel.Channels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes into the outbox in the caller's transaction, without ever being why that one fails. */
@Component
class Writing {
    private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

    /** Of what is needed because somebody could not be told: to tell the same people of it would never end. */
    private static final String OWN = "notify/";

    private final Outbox outbox;
    private final OutboxSignal signal;
    private final Channels channels;
    private final EvidenceLog evidence;
    private final NotificationMetrics metrics;
    private final TransactionTemplate savepoint;
    private final Clock clock;

    Writing(
            Outbox outbox,
            OutboxSignal signal,
            Channels channels,
            EvidenceLog evidence,
            NotificationMetrics metrics,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.outbox = outbox;
        this.signal = signal;
        this.channels = channels;
        this.evidence = evidence;
        this.metrics = metrics;
        this.savepoint = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
        this.clock = clock;
    }

    static String ownSubject(String contact) {
        return OWN + contact;
    }

    static boolean isOwn(String subject) {
        return subject.startsWith(OWN);
    }

    /**
     * Behind a savepoint: a page that cannot be written still is a task in Tasklist, and the ladder goes on. Where no
     * channel is set up, Tasklist is all there is, and nothing is done.
     */
    void guarded(String what, Optional<IncidentNumber> incident, Runnable work) {
        if (!channels.any()) {
            return;
        }
        try {
            savepoint.executeWithoutResult(status -> work.run());
        } catch (RuntimeException e) {
            metrics.notWritten();
            LOG.error(
                    "{}{} could not be written into the outbox, so nobody is told of it outside of Tasklist",
                    what,
                    incident.map(number -> " of " + number).orElse(""),
                    e);
        }
    }

    void write(List<Draft> drafts) {
        Instant now = clock.instant();
        drafts.forEach(draft -> outbox.add(draft, now, now));
        signal.wakeAfterCommit();
    }

    void exercised(String what, Optional<IncidentNumber> incident) {
        evidence.append(new Entry(
                Entry.Kind.NOT_NOTIFIED,
                incident,
                Entry.SELF,
                "",
                "%s: %s was told to nobody outside of Tasklist".formatted(Incident.EXERCISE, what),
                java.util.Map.of()));
    }

    void nobody(String what, Optional<IncidentNumber> incident, Collection<String> groups) {
        metrics.unreached();
        evidence.append(new Entry(
                Entry.Kind.NOT_NOTIFIED,
                incident,
                Entry.SELF,
                "",
                "%s was told to nobody outside of Tasklist: nobody with an address is on call for %s"
                        .formatted(what, String.join(", ", groups)),
                java.util.Map.of("groups", List.copyOf(groups))));
    }
}
