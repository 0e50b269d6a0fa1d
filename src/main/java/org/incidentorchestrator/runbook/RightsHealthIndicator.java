package org.incidentorchestrator.runbook;

import org.incidentorchestrator.step.rights.RightsFound;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/**
 * Shows which rights in the cluster are missing and which are in excess. Neither is an illness of the program: it takes
 * alerts and pages people without any.
 */
@Component
final class RightsHealthIndicator extends AbstractHealthIndicator {
    private final RightsWatch watch;

    RightsHealthIndicator(RightsWatch watch) {
        super("the rights in the cluster cannot be told");
        this.watch = watch;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        watch.found()
                .ifPresentOrElse(
                        found -> tell(health, found),
                        () -> health.withDetail(
                                "rights", "not looked at: it is the sandbox, or the first look is to come"));
    }

    private static void tell(Health.Builder health, RightsFound found) {
        health.withDetail("asOf", found.asOf());
        if (found.known()) {
            health.withDetail("missing", found.missing()).withDetail("excess", found.excess());
        } else {
            health.withDetail("unknown", found.unknown());
        }
    }
}
