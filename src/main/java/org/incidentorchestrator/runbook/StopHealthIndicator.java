package org.incidentorchestrator.runbook;

import org.incidentorchestrator.step.StopSwitch;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Shows the global stop. It is no illness: the program does what it was told to. */
@Component
final class StopHealthIndicator extends AbstractHealthIndicator {
    private final StopSwitch stop;

    StopHealthIndicator(StopSwitch stop) {
        super("whether every change is stopped cannot be read");
        this.stop = stop;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up().withDetail("changes", stop.now().map(held -> held.inWords()).orElse("not stopped"));
    }
}
