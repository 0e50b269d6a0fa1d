package org.incidentorchestrator.intake;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.PersonNeeded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts aside what the program cannot work on, and asks for a person. Nothing is lost: it can be sent through again. */
@Component
final class Parking {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

    private final Inbox inbox;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Parking(
            Inbox inbox,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.inbox = inbox;
        this.evidence = evidence;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** In a transaction of its own. When nobody can be asked it is parked all the same: the list shows it. */
    void park(Inbox.Row row, String why) {
        try {
            transaction.executeWithoutResult(status -> {
                if (settle(row, why)) {
                    announce(row, why);
                }
            });
        } catch (RuntimeException e) {
            LOG.error("inbox/{} is parked ({}), but no person could be asked to look at it", row.id(), why, e);
            transaction.executeWithoutResult(status -> settle(row, why));
        }
    }

    private boolean settle(Inbox.Row row, String why) {
        boolean ours = inbox.take(Set.of(row.id())).contains(row.id());
        if (ours) {
            inbox.settle(List.of(new Inbox.Settled(row.id(), Inbox.State.PARKED, why)), clock.instant());
        }
        return ours;
    }

    /** In the transaction that parks the row. */
    void announce(Inbox.Row row, String why) {
        String subject = "inbox/" + row.id();
        evidence.append(new Entry(
                Entry.Kind.ALERT_PARKED,
                Optional.empty(),
                Entry.SELF,
                "",
                "parked a message from " + row.source() + " as " + subject + ": " + why,
                Map.of("inbox", row.id(), "source", row.source())));
        // One task per source while it is open: a sender that is set up wrongly would fill Tasklist with them.
        events.publishEvent(new PersonNeeded(
                "A message from " + row.source() + " that came at " + row.receivedAt() + " could not be worked on: "
                        + why
                        + ". It is kept as " + subject + ". Look at all that are parked (GET /api/inbox?state=parked),"
                        + " see yourself whether something is wrong, and send each through again once the cause is"
                        + " gone (POST /api/" + subject + "/replay).",
                Optional.empty(),
                "inbox/" + row.source()));
    }
}
