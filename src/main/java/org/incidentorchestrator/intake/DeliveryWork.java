package org.incidentorchestrator.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Triage;
import org.incidentorchestrator.intake.Letter.Delivery;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commits what the alerts of some keys lead to: incidents, processes and inbox marks in one transaction. When it fails,
 * each key has a transaction of its own, then each message, so that what cannot be worked on holds up nothing else.
 */
@Component
final class DeliveryWork {
    private static final int RACES = 3;

    private final Inbox inbox;
    private final AlertTriage triage;
    private final Parking parking;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final Clock clock;

    DeliveryWork(
            Inbox inbox,
            AlertTriage triage,
            Parking parking,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            Clock clock) {
        this.inbox = inbox;
        this.triage = triage;
        this.parking = parking;
        this.transaction = new TransactionTemplate(transactions);
        this.meters = meters;
        this.clock = clock;
    }

    /** What fails alone is written into its letter; only a database that cannot be reached throws. */
    void work(List<Delivery> deliveries) {
        try {
            commit(deliveries);
        } catch (CannotCreateTransactionException unreachable) {
            throw unreachable;
        } catch (RuntimeException e) {
            if (deliveries.size() == 1) {
                workAlone(deliveries.get(0), e);
                return;
            }
            List<List<Delivery>> keys = Delivery.byKey(deliveries);
            List<List<Delivery>> parts =
                    keys.size() > 1 ? keys : deliveries.stream().map(List::of).toList();
            parts.forEach(this::work);
        }
    }

    /** Somebody else opened an incident of the key in between: the next transaction sees it and attaches. */
    private void workAlone(Delivery delivery, RuntimeException first) {
        RuntimeException failure = first;
        for (int race = 0; race < RACES && isRace(failure); race++) {
            try {
                commit(List.of(delivery));
                return;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        delivery.letter().failed(failure);
    }

    private static boolean isRace(RuntimeException e) {
        return e instanceof DuplicateKeyException || e instanceof ConcurrencyFailureException;
    }

    private void commit(List<Delivery> deliveries) {
        Map<Delivery, List<Triage>> outcomes = transaction.execute(status -> {
            List<Delivery> taken = take(deliveries);
            Map<Delivery, List<Triage>> worked = triage.work(taken);
            settle(worked);
            return worked;
        });
        outcomes.forEach((delivery, triages) -> {
            delivery.letter().worked(delivery.key(), triages);
            triages.forEach(one -> count(delivery.letter().row().source(), one));
        });
    }

    private List<Delivery> take(List<Delivery> deliveries) {
        Set<Long> ids = deliveries.stream()
                .map(delivery -> delivery.letter().row().id())
                .collect(Collectors.toSet());
        Set<Long> taken = inbox.take(ids);
        return deliveries.stream()
                .filter(delivery -> taken.contains(delivery.letter().row().id()))
                .toList();
    }

    private void settle(Map<Delivery, List<Triage>> worked) {
        List<Inbox.Settled> settled = new ArrayList<>();
        worked.keySet().stream()
                .collect(Collectors.groupingBy(Delivery::letter))
                .forEach((letter, deliveries) -> {
                    Set<IncidentKey> keys =
                            deliveries.stream().map(Delivery::key).collect(Collectors.toSet());
                    if (letter.isCompletedBy(keys)) {
                        settled.add(letter.settled(deliveries.stream()
                                .flatMap(delivery -> worked.get(delivery).stream())
                                .toList()));
                        if (letter.hasFaults()) {
                            parking.announce(letter.row(), letter.faults());
                        }
                    }
                });
        inbox.settle(settled, clock.instant());
    }

    private void count(String source, Triage one) {
        Counter.builder("incident.orchestrator.alerts")
                .description("Alerts that were worked on")
                .tag("source", source)
                .tag("outcome", one.outcome().name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
