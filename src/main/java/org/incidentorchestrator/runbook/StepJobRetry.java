package org.incidentorchestrator.runbook;

import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * What becomes of a job that failed: a fault ends its retries at once, a reschedule spends none, and the last one is
 * never spent on a cluster that does not answer: a person is told, and it is tried until there is an answer.
 */
final class StepJobRetry extends DefaultJobRetryCmd {
    private final transient FailedJobPerson person;
    private final Duration longestPause;

    /** @param longestPause between the tries of a step that got no answer, once its other retries are spent */
    StepJobRetry(String jobId, Throwable exception, FailedJobPerson person, Duration longestPause) {
        super(jobId, exception);
        this.person = person;
        this.longestPause = longestPause;
    }

    @Override
    public Object execute(CommandContext context) {
        JobEntity job = getJob();
        if (job == null) {
            return super.execute(context);
        }
        StepRescheduled later = cause(StepRescheduled.class);
        StepRetry retry = cause(StepRetry.class);
        if (later != null) {
            again(job, later.delay(), context);
        } else if (cause(StepFault.class) != null) {
            job.unlock();
            logException(job);
            job.setRetries(0);
        } else if (retry != null && retry.unanswered() && job.getRetries() == 1 && !isFirstJobExecution(job)) {
            logException(job);
            person.toldOfSilence(job, retry.getMessage(), longestPause);
            again(job, longestPause, context);
        } else {
            return super.execute(context);
        }
        return null;
    }

    private void again(JobEntity job, Duration delay, CommandContext context) {
        job.unlock();
        job.setDuedate(Date.from(ClockUtil.getCurrentTime().toInstant().plus(delay)));
        notifyAcquisition(context);
    }

    private <T extends Throwable> T cause(Class<T> type) {
        for (Throwable at = exception; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
