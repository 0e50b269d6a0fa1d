package org.incidentorchestrator.notify.oncall;

import java.util.Optional;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.thread.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the file of contacts read again when it changes. Its text is compared, not its time, and it is not waited for: a
 * file that Kubernetes mounts is a link that is turned, of which nobody is told.
 */
@Component
final class RosterWatch extends OwnThreads {
    static final String SUBJECT = "on-call/file";

    private static final Logger LOG = LoggerFactory.getLogger(RosterWatch.class);

    private final OnCall onCall;
    private final OnCallSettings settings;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    RosterWatch(
            OnCall onCall,
            OnCallSettings settings,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        super("on-call", 1);
        this.onCall = onCall;
        this.settings = settings;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    void look() {
        switch (onCall.look()) {
            case NONE -> {}
            case TAKEN -> {
                LOG.info("{} has changed and is taken: who is on call follows it from now on", onCall.source());
                publish(new PersonNotNeeded("The file of contacts is read again", Optional.empty(), SUBJECT));
            }
            case REFUSED -> {
                String fault = onCall.warning().orElse("");
                LOG.error("The changed file of contacts is not taken: {}", fault);
                publish(new PersonNeeded(
                        "The changed file of contacts is not taken: " + fault, Optional.empty(), SUBJECT));
            }
        }
    }

    /** A task is made in a transaction; a database that is away loses it, and not the look: health and log have it. */
    private void publish(Object event) {
        try {
            transaction.executeWithoutResult(status -> events.publishEvent(event));
        } catch (RuntimeException e) {
            LOG.error("Nobody could be asked about the file of contacts", e);
        }
    }

    @Override
    protected void schedule(TaskScheduler threads) {
        if (settings.file().isPresent()) {
            threads.scheduleWithFixedDelay(this::look, settings.lookEvery());
        }
    }
}
