package org.incidentorchestrator.sandbox;

import java.time.Instant;
import org.incidentorchestrator.incident.Target;

/**
 * A scenario that is being played.
 *
 * @param mark whom it strikes: the template hash of {@link Scenario#CRASH_UNTIL_RESTARTED}
 *     and of what leaks, the pod's name of {@link
 *     Scenario#ONE_BAD_POD}, else empty
 */
record Play(Scenario scenario, String namespace, String workload, Instant since, String mark) {
    Play marking(String other) {
        return new Play(scenario, namespace, workload, since, other);
    }

    boolean on(Target target) {
        return namespace.equals(target.namespace()) && workload.equals(target.name());
    }
}
