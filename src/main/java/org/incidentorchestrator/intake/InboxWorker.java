package org.incidentorchestrator.intake;

import java.time.Duration;
import org.incidentorchestrator.incident.IntakePressure;
import org.incidentorchestrator.thread.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/** The one thread of a node that works on the inbox, woken by each commit. */
@Component
final class InboxWorker extends OwnThreads {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);

    private static final Duration LONGEST_WAY = Duration.ofMillis(250);

    private final InboxPass pass;
    private final InboxSignal signal;
    private final IntakePressure pressure;
    private final IntakeSettings settings;

    InboxWorker(InboxPass pass, InboxSignal signal, IntakePressure pressure, IntakeSettings settings) {
        super("inbox-worker", 1);
        this.pass = pass;
        this.signal = signal;
        this.pressure = pressure;
        this.settings = settings;
    }

    @Override
    protected void schedule(TaskScheduler threads) {
        threads.scheduleWithFixedDelay(this::work, NONE);
    }

    private void work() {
        // In a storm few large passes cost less than many small ones, and leave the disk to the acknowledgements.
        pressure.giveWay(LONGEST_WAY);
        if (!workedOnSomething() && isRunning()) {
            signal.await(settings.lookAgain());
        }
    }

    /** Whatever is thrown, errors too: it is tried again when it is time to look, not at once. */
    private boolean workedOnSomething() {
        try {
            return pass.run() > 0;
        } catch (Throwable e) {
            LOG.error("The inbox cannot be worked on now; it is tried again in {}", settings.lookAgain(), e);
            return false;
        }
    }

    @Override
    protected void wake() {
        signal.wake();
    }
}
