package org.incidentorchestrator.evidence;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Seals while the program runs. Ends after what appends (a lower phase stops later), and seals once more then; what is
 * left is sealed by the next start.
 */
@Component
final class Sealing implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final EvidenceSealer sealer;
    private final EvidenceSettings settings;
    private ThreadPoolTaskScheduler scheduler;
    private boolean failing;

    Sealing(EvidenceSealer sealer, EvidenceSettings settings) {
        this.sealer = sealer;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("evidence-sealer-");
        scheduler.setWaitForTasksToCompleteOnShutdown(true);
        scheduler.setAwaitTerminationSeconds(10);
        scheduler.initialize();
        scheduler.scheduleWithFixedDelay(this::seal, settings.sealEvery());
    }

    /** A database that is away for a minute is told of once, not at each attempt. */
    synchronized void seal() {
        try {
            sealer.seal();
            failing = false;
        } catch (DataAccessException | TransactionException e) {
            if (!failing) {
                LOG.warn(
                        "New evidence cannot be sealed: {}. Tried again every {} ms; health is DOWN when it lasts.",
                        e.getMessage(),
                        settings.sealEvery().toMillis());
            }
            failing = true;
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
            seal();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
