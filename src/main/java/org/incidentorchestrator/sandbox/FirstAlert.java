package org.incidentorchestrator.sandbox;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Breaks mcp-gateway a little after the start, so that there is something to see. */
final class FirstAlert {
    static final String WORKLOAD = "mcp-gateway";

    private static final Logger LOG = LoggerFactory.getLogger(FirstAlert.class);

    private final Sandbox sandbox;
    private final Incidents incidents;
    private final AlertWatch watch;
    private final SandboxSettings settings;
    private final OneThread thread;
    private final Clock clock;
    private final AtomicBoolean begun = new AtomicBoolean();

    FirstAlert(
            Sandbox sandbox,
            Incidents incidents,
            AlertWatch watch,
            SandboxSettings settings,
            OneThread thread,
            Clock clock) {
        this.sandbox = sandbox;
        this.incidents = incidents;
        this.watch = watch;
        this.settings = settings;
        this.thread = thread;
        this.clock = clock;
    }

    enum Outcome {
        BROKEN,
        /** Somebody has enough to do. */
        INCIDENT_OPEN,
        ALREADY_UNHEALTHY
    }

    /** An alert that was firing, or not yet sent, when the program ended is looked after first. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        if (begun.compareAndSet(false, true)) {
            watch.wake();
            if (settings.firstAlert()) {
                thread.at(clock.instant().plus(settings.firstAlertAfter()), this::play);
            }
        }
    }

    Outcome play() {
        Outcome outcome = outcome();
        switch (outcome) {
            case BROKEN -> {
                LOG.info(
                        "The sandbox breaks {} now; its alert is on its way (sandbox.first-alert=false: never)",
                        WORKLOAD);
                sandbox.playWithAlert(Scenario.CRASH_UNTIL_RESTARTED, WORKLOAD);
                watch.wake();
            }
            case INCIDENT_OPEN -> LOG.info("The sandbox breaks nothing: an incident is open");
            case ALREADY_UNHEALTHY -> LOG.info("The sandbox breaks nothing: {} is not healthy as it is", WORKLOAD);
        }
        return outcome;
    }

    private Outcome outcome() {
        if (!incidents.list(Listed.OPEN, null, 1).isEmpty()) {
            return Outcome.INCIDENT_OPEN;
        }
        boolean healthy = sandbox.healthySince(Sandbox.NAMESPACE, WORKLOAD).isPresent();
        return healthy ? Outcome.BROKEN : Outcome.ALREADY_UNHEALTHY;
    }
}
