package org.incidentorchestrator.incident;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Lets gauges look at the database without harm: each query is asked at most once in {@link #FRESH}, however many gauges
 * and scrapes want its answer; at most one thread is at it; and after one that failed none is asked for as long, so that
 * a scrape waits for a database that is away once and not once per gauge.
 */
@Component
public final class Glances {
    static final Duration FRESH = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Glances.class);

    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private Instant failedAt;

    public Glances(Clock clock) {
        this.clock = clock;
    }

    /** @param query one statement over an index, of few rows */
    public <T> Glance<T> of(Supplier<T> query) {
        return new Glance<>(this, query);
    }

    Instant now() {
        return clock.instant();
    }

    /** Whoever comes while another thread asks gets what was seen last. */
    <T> Optional<T> look(Glance<T> glance) {
        if (!asking.tryLock()) {
            return glance.seen();
        }
        try {
            Instant now = now();
            if (!glance.isOf(now)) {
                refresh(glance, now);
            }
            return glance.seen();
        } finally {
            asking.unlock();
        }
    }

    private void refresh(Glance<?> glance, Instant now) {
        if (failedAt != null && Duration.between(failedAt, now).abs().compareTo(FRESH) < 0) {
            glance.forget();
            return;
        }
        try {
            glance.ask(now);
            failedAt = null;
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("A gauge has no value now", e);
            glance.forget();
            failedAt = now();
        }
    }
}
