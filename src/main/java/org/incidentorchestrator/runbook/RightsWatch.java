package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.step.rights.RightsCheck;
import org.incidentorchestrator.step.rights.RightsFound;
import org.incidentorchestrator.thread.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Looks behind the start, once the program runs, and every hour, whether our identities may do in the cluster what the
 * models need. A cluster that is silent is asked again in a minute; it holds up nothing.
 */
@Component
class RightsWatch extends OwnThreads {
    private static final Logger LOG = LoggerFactory.getLogger(RightsWatch.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private final Optional<RightsCheck> check;
    private final CalledSteps called;
    private final Clock clock;
    private volatile RightsFound found;

    RightsWatch(ObjectProvider<RightsCheck> check, CalledSteps called, Clock clock) {
        super("rights", 1);
        this.check = Optional.ofNullable(check.getIfAvailable());
        this.called = called;
        this.clock = clock;
    }

    /** What was found last; empty in the sandbox, and before the first look. */
    Optional<RightsFound> found() {
        return Optional.ofNullable(found);
    }

    /** Not at all in the sandbox, which allows everything. */
    @Override
    protected void schedule(TaskScheduler threads) {
        check.ifPresent(asks -> threads.scheduleWithFixedDelay(() -> look(asks), EVERY));
    }

    private void look(RightsCheck asks) {
        RightsFound last = found;
        if (last == null
                || !last.known()
                || !clock.instant().isBefore(last.asOf().plus(GOOD_FOR))) {
            found = asks.of(called.names());
            tell(last, found);
        }
    }

    /** Again only what is news. */
    private static void tell(RightsFound last, RightsFound now) {
        if (last != null && said(last).equals(said(now))) {
            return;
        }
        if (!now.known()) {
            LOG.warn("what this program may do in the cluster is unknown: {}", now.unknown());
        } else if (now.exact()) {
            LOG.info("the rights in the cluster are what the models need, no more and no less");
        }
        now.missing().forEach(right -> LOG.warn("missing right: {}", right));
        now.excess().forEach(right -> LOG.warn("right that no model needs: {}", right));
    }

    private static List<Object> said(RightsFound found) {
        return List.of(found.known(), found.missing(), found.excess());
    }
}
