package org.incidentorchestrator.sandbox;

import java.time.Clock;
import java.time.Instant;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The thread on which the sandbox posts its alerts. Not a bean that is a scheduler or an executor: others would take it
 * for the application's.
 */
final class OneThread implements AutoCloseable {
    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

    OneThread(Clock clock) {
        scheduler.setClock(clock);
        scheduler.setDaemon(true);
        scheduler.setThreadNamePrefix("sandbox-");
        scheduler.initialize();
    }

    void at(Instant moment, Runnable work) {
        scheduler.schedule(work, moment);
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }
}
