package org.incidentorchestrator.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.incidentorchestrator.incident.IntakePressure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The one thread of a node that works on the inbox: from when the program is ready until it stops, woken by each commit.
 * It is never interrupted, because an interrupt closes H2's file; it ends after the pass it is at.
 */
@Component
final class InboxWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);

    private static final Duration LONGEST_WAY = Duration.ofMillis(250);

    private final InboxPass pass;
    private final InboxSignal signal;
    private final IntakePressure pressure;
    private final IntakeSettings settings;
    private volatile boolean running;
    private volatile Thread thread;

    InboxWorker(InboxPass pass, InboxSignal signal, IntakePressure pressure, IntakeSettings settings) {
        this.pass = pass;
        this.signal = signal;
        this.pressure = pressure;
        this.settings = settings;
    }

    /** Before that the engine has not deployed the processes that an incident starts. */
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
        if (!running) {
            running = true;
            thread = new Thread(this::run, "inbox-worker");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        while (running) {
            // In a storm few large passes cost less than many small ones, and leave the disk to the acknowledgements.
            pressure.giveWay(LONGEST_WAY);
            if (!workedOnSomething()) {
                signal.await(settings.lookAgain());
            }
        }
    }

    /** Whatever is thrown, errors too: a dead thread would be an intake that accepts and does nothing. */
    private boolean workedOnSomething() {
        try {
            return pass.run() > 0;
        } catch (Throwable e) {
            LOG.error("The inbox cannot be worked on now; it is tried again in {}", settings.lookAgain(), e);
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        signal.wake();
        try {
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether its thread is there to work; it has ended when this is said of one that runs. */
    boolean works() {
        Thread worker = thread;
        return running && worker != null && worker.isAlive();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
