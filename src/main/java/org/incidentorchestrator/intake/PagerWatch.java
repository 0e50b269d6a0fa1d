package org.incidentorchestrator.intake;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Looks after the paging system itself, on a thread of its own: whether its heartbeat is heard, and whether what it says
 * when it is asked is what is kept here. Asked at the start, for messages may have been missed while the program was
 * down, then at an interval, which covers each outage of the network, of Alertmanager and of ours, and at once when a
 * message has left alerts out. Never interrupted, because an interrupt closes H2's file.
 */
@Component
final class PagerWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PagerWatch.class);
    private static final Duration LISTEN_EVERY = Duration.ofSeconds(5);

    private final HeartbeatWatch heartbeats;
    private final Reconciliation reconciliation;
    private final ReconcileSettings settings;
    private final Steady listening = new Steady("It cannot be seen whether the paging system is heard");
    private final Steady looking = new Steady("What Alertmanager lists cannot be compared with what is kept");
    private final AtomicBoolean asked = new AtomicBoolean();
    private ThreadPoolTaskScheduler scheduler;
    private boolean saidThatNobodyCanBeAsked;

    PagerWatch(HeartbeatWatch heartbeats, Reconciliation reconciliation, ReconcileSettings settings) {
        this.heartbeats = heartbeats;
        this.reconciliation = reconciliation;
        this.settings = settings;
    }

    /** Before that the engine can neither make a task nor start a process. */
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
        if (scheduler != null) {
            return;
        }
        scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("pager-watch-");
        scheduler.setWaitForTasksToCompleteOnShutdown(true);
        scheduler.setAwaitTerminationSeconds(30);
        scheduler.initialize();
        scheduler.scheduleWithFixedDelay(() -> listening.attempt(heartbeats::check), LISTEN_EVERY);
        if (reconciliation.isWanted()) {
            scheduler.scheduleWithFixedDelay(
                    () -> looking.attempt(() -> reconciliation.look(false)), settings.lookEvery());
        }
    }

    /** One look answers all that asked before it. */
    @EventListener
    synchronized void lookForTheRest(AlertsLeftOut message) {
        boolean ours = message.source().equals(AlertmanagerSource.NAME);
        if (!reconciliation.isWanted()) {
            sayThatNobodyCanBeAsked(message);
        } else if (scheduler != null && ours && asked.compareAndSet(false, true)) {
            scheduler.execute(() -> {
                asked.set(false);
                looking.attempt(() -> reconciliation.look(true));
            });
        }
    }

    private void sayThatNobodyCanBeAsked(AlertsLeftOut message) {
        if (!saidThatNobodyCanBeAsked) {
            saidThatNobodyCanBeAsked = true;
            LOG.warn(
                    "A message from {} leaves alerts out, and it is not known where to ask for them: set"
                            + " intake.sources.alertmanager.url, or let it send all (max_alerts: 0). Said once.",
                    message.source());
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

    /** A task that throws is not run again by a scheduler. A database that is away for an hour is told of once. */
    private static final class Steady {
        private final String what;
        private boolean failing;

        Steady(String what) {
            this.what = what;
        }

        void attempt(Runnable task) {
            try {
                task.run();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.warn("{}; it is tried again, and told once", what, e);
                }
                failing = true;
            }
        }
    }
}
