package org.incidentorchestrator.approval.watchdog;

import java.time.Clock;
import org.incidentorchestrator.thread.OwnThreads;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/**
 * The watchdog's own thread. Overdue timers of an outage of ours have until the first round, and are not told of before
 * the second.
 */
@Component
final class WatchdogThread extends OwnThreads {
    private final Watchdog watchdog;
    private final WatchdogSettings settings;
    private final Clock clock;

    WatchdogThread(Watchdog watchdog, WatchdogSettings settings, Clock clock) {
        super("watchdog", 1);
        this.watchdog = watchdog;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    protected void schedule(TaskScheduler threads) {
        threads.scheduleWithFixedDelay(watchdog::round, clock.instant().plus(settings.every()), settings.every());
    }
}
