package org.incidentorchestrator.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.thread.OwnThreads;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes what is older than it is kept, a batch per transaction, so that nobody waits for it; what went is on the record in
 * the same transaction.
 */
@Component
final class Retention extends OwnThreads {
    /** What comes up after a start is more urgent. */
    private static final Duration AFTER_START = Duration.ofMinutes(10);

    private final List<Retained> parts;
    private final RetentionSettings settings;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Retention(
            List<Retained> parts,
            RetentionSettings settings,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        super("retention", 1);
        this.parts = List.copyOf(parts);
        this.settings = settings;
        this.evidence = evidence;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    protected void schedule(TaskScheduler threads) {
        Duration first = settings.every().compareTo(AFTER_START) < 0 ? settings.every() : AFTER_START;
        threads.scheduleWithFixedDelay(this::round, threads.getClock().instant().plus(first), settings.every());
    }

    void round() {
        parts.forEach(this::removeAll);
        events.publishEvent(RowsToGo.OVER);
    }

    private void removeAll(Retained part) {
        Instant before = clock.instant().minus(part.keepFor());
        int removed = settings.batch();
        while (removed == settings.batch()) {
            removed = transaction.execute(status -> removeSome(part, before));
        }
    }

    private int removeSome(Retained part, Instant before) {
        events.publishEvent(new RowsToGo(part.tables(), settings.batch()));
        int removed = part.remove(before, settings.batch());
        if (removed > 0) {
            evidence.append(new Entry(
                    Entry.Kind.RETENTION,
                    Optional.empty(),
                    Entry.SELF,
                    "",
                    "removed by age: %d %s, older than %s".formatted(removed, part.what(), before),
                    Map.of("what", part.what(), "rows", removed, "before", before.toString())));
        }
        return removed;
    }
}
