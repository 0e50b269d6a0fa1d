package org.incidentorchestrator.approval.paging;

import org.camunda.bpm.engine.ProcessEngine;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people do about an incident from outside of Tasklist: over the API, from the pager, by the link in a mail. */
@Component
public class Responders {
    private final Acknowledgement acknowledgement;
    private final ProcessEngine engine;

    Responders(Acknowledgement acknowledgement, @Lazy ProcessEngine engine) {
        this.acknowledgement = acknowledgement;
        this.engine = engine;
    }

    /**
     * Takes an open incident that nobody has, as claiming one of its tasks does; without effect on any other.
     *
     * @param person a user id
     */
    @Transactional
    public void acknowledge(IncidentNumber incident, String person) {
        acknowledgement.acknowledge(incident, person, engine, "");
    }
}
