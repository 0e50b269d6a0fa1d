package org.incidentorchestrator.sandbox;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The thread on which the sandbox posts its alerts. Not a bean that is a scheduler or an executor: others would take it
 * for the application's.
 */
final class OneThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OneThread.class);

    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

    OneThread(Clock clock) {
        scheduler.setClock(clock);
        scheduler.setDaemon(true);
        scheduler.setThreadNamePrefix("sandbox-");
        scheduler.initialize();
    }

    /** When the program is stopping, nothing is begun any more: the world file knows what is still to be sent. */
    void at(Instant moment, Runnable work) {
        try {
            scheduler.schedule(work, moment);
        } catch (TaskRejectedException stopping) {
            LOG.debug("The program is stopping", stopping);
        }
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }
}
