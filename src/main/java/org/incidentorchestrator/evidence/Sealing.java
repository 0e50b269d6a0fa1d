package org.incidentorchestrator.evidence;

import org.incidentorchestrator.thread.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Seals while the program runs. Ends after what appends (a lower phase stops later), and seals once more then; what is
 * left is sealed by the next start.
 */
@Component
final class Sealing extends OwnThreads {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final EvidenceSealer sealer;
    private final EvidenceSettings settings;
    private boolean failing;

    Sealing(EvidenceSealer sealer, EvidenceSettings settings) {
        super("evidence-sealer", 1);
        this.sealer = sealer;
        this.settings = settings;
    }

    /** Before the program is ready too: what happens until then is evidence. */
    @Override
    public boolean isAutoStartup() {
        return true;
    }

    @Override
    protected void schedule(TaskScheduler threads) {
        threads.scheduleWithFixedDelay(this::seal, settings.sealEvery());
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
        boolean ran = isRunning();
        super.stop();
        if (ran) {
            seal();
        }
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
