package org.incidentorchestrator.runbook;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.runtime.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
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
        Optional<ExecutionEntity> execution = execution(context.getExecutionId());
        events.publishEvent(new PersonNeeded(
                text(step(execution, context.getActivityId()), message),
                execution.flatMap(FailedJobPerson::number),
                subject(context.getConfiguration())));
        return failed;
    }

    /** It went through after all, or somebody has it tried again. */
    @Override
    public void resolveIncident(IncidentContext context) {
        super.resolveIncident(context);
        failedBefore(context).ifPresent(job -> settled(job, "has gone through, or is tried again."));
    }

    /** What it was a part of has ended. */
    @Override
    public void deleteIncident(IncidentContext context) {
        super.deleteIncident(context);
        failedBefore(context).ifPresent(job -> settled(job, "is not to be done any more."));
    }

    /** Asked of each job that ends, so it must cost no query: the engine has the job at hand when it asks. */
    private static Optional<JobEntity> failedBefore(IncidentContext context) {
        JobEntity job = Context.getCommandContext().getJobManager().findJobById(context.getConfiguration());
        return Optional.ofNullable(job).filter(it -> it.getExceptionByteArrayId() != null);
    }

    private void settled(JobEntity job, String how) {
        Optional<ExecutionEntity> execution = execution(job.getExecutionId());
        events.publishEvent(new PersonNotNeeded(
                step(execution, job.getActivityId()) + " " + how,
                execution.flatMap(FailedJobPerson::number),
                subject(job.getId())));
    }

    private static String subject(String jobId) {
        return "job/" + jobId;
    }

    /** A job that goes on being tried, because the cluster may answer again at any time: somebody should know. */
    void toldOfSilence(JobEntity job, String message, Duration pause) {
        Optional<ExecutionEntity> execution = execution(job.getExecutionId());
        events.publishEvent(new PersonNeeded(
                "%s has got no answer from the cluster so far, and is tried again every %s: %s See that the API server runs; it goes on by itself then. Or take over by hand."
                        .formatted(
                                step(execution, job.getActivityId()),
                                pause.toString().substring(2).toLowerCase(Locale.ROOT),
                                sentence(message)),
                execution.flatMap(FailedJobPerson::number),
                subject(job.getId())));
    }

    private static String sentence(String message) {
        String why = String.valueOf(message);
        return why.endsWith(".") ? why : why + ".";
    }

    private static String text(String step, String message) {
        return "%s has failed and is not tried again: %s Mend the cause, then retry the job in Cockpit, or take over by hand."
                .formatted(step, sentence(message));
    }

    private static Optional<ExecutionEntity> execution(String executionId) {
        return Optional.ofNullable(executionId)
                .map(id -> Context.getCommandContext().getExecutionManager().findExecutionById(id));
    }

    /** As its model names it; a job that is of no model is the engine's own, such as the removal of old history. */
    private static String step(Optional<ExecutionEntity> execution, String activity) {
        return activity == null
                ? "A job of the engine itself"
                : execution.flatMap(at -> label(at, activity)).orElse(activity);
    }

    /** The execution itself has left its activity when its job failed. */
    private static Optional<String> label(ExecutionEntity execution, String activity) {
        return Optional.ofNullable(execution.getProcessDefinition().findActivity(activity))
                .map(ActivityImpl::getName)
                .map(name -> name.replaceAll("\\s+", " "));
    }

    private static Optional<IncidentNumber> number(ExecutionEntity execution) {
        return Optional.ofNullable(execution.getProcessBusinessKey())
                .filter(key -> key.startsWith("INC-"))
                .map(IncidentNumber::parse);
    }
}
