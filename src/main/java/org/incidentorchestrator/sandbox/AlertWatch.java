package org.incidentorchestrator.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Prometheus and Alertmanager do about the sandbox's own alerts: sends them until they are taken in, and resolves
 * them when the workload has been healthy for a while. Looks only while such an alert is there.
 */
final class AlertWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);

    private final Sandbox sandbox;
    private final AlertmanagerPost post;
    private final SandboxSettings settings;
    private final OneThread thread;
    private final Clock clock;
    private final AtomicBoolean awake = new AtomicBoolean();

    AlertWatch(Sandbox sandbox, AlertmanagerPost post, SandboxSettings settings, OneThread thread, Clock clock) {
        this.sandbox = sandbox;
        this.post = post;
        this.settings = settings;
        this.thread = thread;
        this.clock = clock;
    }

    /** Begins to look, at once, if an alert is there and nobody looks yet. */
    void wake() {
        if (!sandbox.alerts().isEmpty() && awake.compareAndSet(false, true)) {
            thread.at(clock.instant(), this::lookAgain);
        }
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException unexpected) {
            LOG.warn("The sandbox's alerts could not be looked after; it is tried again", unexpected);
        }
        if (sandbox.alerts().isEmpty()) {
            awake.set(false);
            wake();
        } else {
            thread.at(clock.instant().plus(settings.lookEvery()), this::lookAgain);
        }
    }

    /** Sends what has to be sent now. */
    void look() {
        List<FiringAlert> alerts = sandbox.alerts();
        for (FiringAlert alert : alerts) {
            if (!alert.sent()) {
                if (post.firing(alert) == AlertmanagerPost.Outcome.TAKEN_IN) {
                    sandbox.taken(alert);
                }
            } else if (settings.resolves() && healthyForLong(alert)) {
                if (post.resolved(alert, clock.instant()) == AlertmanagerPost.Outcome.TAKEN_IN) {
                    sandbox.resolved(alert);
                    LOG.info(
                            "{} has been healthy for {}: the sandbox resolved its alert",
                            alert.workload(),
                            settings.resolveAfter());
                }
            }
        }
    }

    private boolean healthyForLong(FiringAlert alert) {
        Instant enough = clock.instant().minus(settings.resolveAfter());
        return sandbox.healthySince(alert.namespace(), alert.workload())
                .filter(since -> !since.isAfter(enough))
                .isPresent();
    }
}
