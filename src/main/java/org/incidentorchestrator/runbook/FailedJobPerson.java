package org.incidentorchestrator.runbook;

import java.util.Optional;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** A job that has given up becomes an engine incident, which Cockpit shows, and a person's task, which pages. */
@Component
class FailedJobPerson extends DefaultIncidentHandler {
    private final ApplicationEventPublisher events;

    FailedJobPerson(ApplicationEventPublisher events) {
        super(Incident.FAILED_JOB_HANDLER_TYPE);
        this.events = events;
    }

    @Override
    public Incident handleIncident(IncidentContext context, String message) {
        Incident failed = super.handleIncident(context, message);
        events.publishEvent(new PersonNeeded(
                "%s has failed and is not tried again: %s. Mend the cause, then retry the job in Cockpit, or take over by hand."
                        .formatted(context.getActivityId(), message),
                number(context),
                "job/" + context.getConfiguration()));
        return failed;
    }

    private static Optional<IncidentNumber> number(IncidentContext context) {
        return Optional.ofNullable(context.getExecutionId())
                .map(id -> org.camunda.bpm.engine.impl.context.Context.getCommandContext()
                        .getExecutionManager()
                        .findExecutionById(id))
                .map(ExecutionEntity::getProcessBusinessKey)
                .filter(key -> key.startsWith("INC-"))
                .map(IncidentNumber::parse);
    }
}
