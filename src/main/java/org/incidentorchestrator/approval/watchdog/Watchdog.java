package org.incidentorchestrator.approval.watchdog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks in rounds whether the paging works. What is wrong in two rounds in succession is told to people; outside is told
 * that all is well, and only then. It asks the database itself: it has to see what the engine does not do.
 */
@Component
class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final List<Check> checks;
    private final Canary canary;
    private final Alarm alarm;
    private final OutsideHeartbeat heartbeat;
    private final WatchdogSettings settings;
    private final Clock clock;
    private volatile Round last;
    private boolean blind;

    Watchdog(
            List<Check> checks,
            Canary canary,
            Alarm alarm,
            OutsideHeartbeat heartbeat,
            WatchdogSettings settings,
            Clock clock) {
        this.checks = List.copyOf(checks);
        this.canary = canary;
        this.alarm = alarm;
        this.heartbeat = heartbeat;
        this.settings = settings;
        this.clock = clock;
        this.last = Round.none(clock.instant());
    }

    /** Never throws: a watchdog that cannot see says so, and looks again. */
    void round() {
        try {
            Instant now = clock.instant();
            List<Finding> found = checks.stream()
                    .flatMap(check -> check.findings(now).stream())
                    .toList();
            canary.release(settings.every().dividedBy(2));
            last = last.next(now, found);
            alarm.tell(last);
            heartbeat.beat(last);
            blind = false;
        } catch (RuntimeException e) {
            if (!blind) {
                LOG.error("The watchdog cannot see whether the paging works; it looks again, and tells this once", e);
            }
            blind = true;
        }
    }

    Round last() {
        return last;
    }

    /** Since it last saw all that it looks at. */
    Duration age() {
        return Duration.between(last.at(), clock.instant());
    }

    boolean alive() {
        return age().compareTo(settings.tolerance()) <= 0;
    }
}
