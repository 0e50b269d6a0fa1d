package org.incidentorchestrator.runbook;

import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
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
        Optional<ExecutionEntity> execution = execution(context);
        events.publishEvent(new PersonNeeded(
                text(execution.flatMap(at -> label(at, context)).orElse(context.getActivityId()), message),
                execution.flatMap(FailedJobPerson::number),
                "job/" + context.getConfiguration()));
        return failed;
    }

    private static String text(String step, String message) {
        String why = String.valueOf(message);
        return "%s has failed and is not tried again: %s%s Mend the cause, then retry the job in Cockpit, or take over by hand."
                .formatted(step, why, why.endsWith(".") ? "" : ".");
    }

    private static Optional<ExecutionEntity> execution(IncidentContext context) {
        return Optional.ofNullable(context.getExecutionId())
                .map(id -> Context.getCommandContext().getExecutionManager().findExecutionById(id));
    }

    /** The execution itself has left its activity when its job failed. */
    private static Optional<String> label(ExecutionEntity execution, IncidentContext context) {
        return Optional.ofNullable(execution.getProcessDefinition().findActivity(context.getActivityId()))
                .map(ActivityImpl::getName)
                .map(name -> name.replaceAll("\\s+", " "));
    }

    private static Optional<IncidentNumber> number(ExecutionEntity execution) {
        return Optional.ofNullable(execution.getProcessBusinessKey())
                .filter(key -> key.startsWith("INC-"))
                .map(IncidentNumber::parse);
    }
}
