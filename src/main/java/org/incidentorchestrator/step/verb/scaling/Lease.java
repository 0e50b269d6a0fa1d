package org.incidentorchestrator.step.verb.scaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.cluster.KubernetesObject;

/**
 * A change for the time being, as the changed object says it in its annotations: until when, and for which incident.
 *
 * @param owner {@code INC-7}
 */
record Lease(Instant until, String owner) {
    private static final String UNTIL = "incident-orchestrator/lease-until";
    private static final String OWNER = "incident-orchestrator/lease-of";

    /** Empty where there is none, or where somebody has written something else there. */
    static Optional<Lease> on(KubernetesObject object) {
        try {
            String owner = object.annotation(OWNER).orElse("");
            return object.annotation(UNTIL).map(until -> new Lease(Instant.parse(until), owner));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    /** Becomes a part of the change, so that taking the change back takes the lease away too. */
    void into(ObjectNode body) {
        body.withObject("/metadata/annotations").put(UNTIL, until.toString()).put(OWNER, owner);
    }
}
