package org.incidentorchestrator.approval.watchdog;

import java.time.Clock;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * The watchdog's own thread: no job, request or other schedule holds it up. Never interrupted, because an interrupt
 * closes H2's file.
 */
@Component
final class WatchdogThread implements SmartLifecycle {
    private final Watchdog watchdog;
    private final WatchdogSettings settings;
    private final Clock clock;
    private ThreadPoolTaskScheduler scheduler;

    WatchdogThread(Watchdog watchdog, WatchdogSettings settings, Clock clock) {
        this.watchdog = watchdog;
        this.settings = settings;
        this.clock = clock;
    }

    /** Overdue timers of an outage of ours have until the first round, and are not told of before the second. */
    @EventListener(ApplicationReadyEvent.class)
    void startWhenReady() {
        start();
    }

    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public synchronized void start() {
        if (scheduler == null) {
            scheduler = new ThreadPoolTaskScheduler();
            scheduler.setThreadNamePrefix("watchdog-");
            scheduler.setWaitForTasksToCompleteOnShutdown(true);
            scheduler.setAwaitTerminationSeconds(30);
            scheduler.initialize();
            scheduler.scheduleWithFixedDelay(watchdog::round, clock.instant().plus(settings.every()), settings.every());
        }
    }

    @Override
    public void stop() {
        ThreadPoolTaskScheduler running;
        synchronized (this) {
            running = scheduler;
            scheduler = null;
        }
        if (running != null) {
            running.shutdown();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }
}
