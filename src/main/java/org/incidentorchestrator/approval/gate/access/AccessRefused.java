package org.incidentorchestrator.approval.gate.access;

import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.incidentorchestrator.incident.IncidentNumber;

/** Somebody asked for what they may not do; answered with 403 at every address, and recorded. */
public final class AccessRefused extends AuthorizationException {
    private final transient Optional<IncidentNumber> incident;

    /** @param why what is refused, why, and what to do instead; people read it */
    public AccessRefused(String why, Optional<IncidentNumber> incident) {
        super(why);
        this.incident = incident;
    }

    Optional<IncidentNumber> incident() {
        return incident;
    }
}
