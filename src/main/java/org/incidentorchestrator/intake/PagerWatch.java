package org.incidentorchestrator.intake;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.incidentorchestrator.thread.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Looks after the paging system itself, on a thread of its own: whether its heartbeat is heard, and whether what it says
 * when it is asked is what is kept here. Asked at the start, for messages may have been missed while the program was
 * down, then at an interval, which covers each outage of the network, of Alertmanager and of ours, and at once when a
 * message has left alerts out.
 */
@Component
final class PagerWatch extends OwnThreads {
    private static final Logger LOG = LoggerFactory.getLogger(PagerWatch.class);
    private static final Duration LISTEN_EVERY = Duration.ofSeconds(5);

    private final HeartbeatWatch heartbeats;
    private final Reconciliation reconciliation;
    private final ReconcileSettings settings;
    private final Steady listening = new Steady("It cannot be seen whether the paging system is heard");
    private final Steady looking = new Steady("What Alertmanager lists cannot be compared with what is kept");
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean saidThatNobodyCanBeAsked;

    PagerWatch(HeartbeatWatch heartbeats, Reconciliation reconciliation, ReconcileSettings settings) {
        super("pager-watch", 1);
        this.heartbeats = heartbeats;
        this.reconciliation = reconciliation;
        this.settings = settings;
    }

    @Override
    protected void schedule(TaskScheduler threads) {
        threads.scheduleWithFixedDelay(() -> listening.attempt(heartbeats::check), LISTEN_EVERY);
        if (reconciliation.isWanted()) {
            threads.scheduleWithFixedDelay(
                    () -> looking.attempt(() -> reconciliation.look(false)), settings.lookEvery());
        }
    }

    /** One look answers all that asked before it. */
    @EventListener
    synchronized void lookForTheRest(AlertsLeftOut message) {
        boolean ours = message.source().equals(AlertmanagerSource.NAME);
        if (!reconciliation.isWanted()) {
            sayThatNobodyCanBeAsked(message);
        } else if (isRunning() && ours && asked.compareAndSet(false, true)) {
            soon(() -> {
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

    /** A database that is away for an hour is told of once. */
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
