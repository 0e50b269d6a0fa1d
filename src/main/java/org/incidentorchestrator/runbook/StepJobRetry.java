package org.incidentorchestrator.runbook;

import java.util.Date;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** What becomes of a job that failed: a fault ends its retries at once, a reschedule spends none. */
final class StepJobRetry extends DefaultJobRetryCmd {
    StepJobRetry(String jobId, Throwable exception) {
        super(jobId, exception);
    }

    @Override
    public Object execute(CommandContext context) {
        JobEntity job = getJob();
        StepRescheduled later = cause(StepRescheduled.class);
        if (job != null && later != null) {
            job.unlock();
            job.setDuedate(Date.from(ClockUtil.getCurrentTime().toInstant().plus(later.delay())));
            notifyAcquisition(context);
            return null;
        }
        if (job != null && cause(StepFault.class) != null) {
            job.unlock();
            logException(job);
            job.setRetries(0);
            return null;
        }
        return super.execute(context);
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
