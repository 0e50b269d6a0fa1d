package org.incidentorchestrator.runbook;

import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.jobexecutor.TimerStartEventJobHandler;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * A process that the calendar begins, and that was due while no program ran, begins late and not a turn later, also where
 * the next program brings a newer model of it: the engine takes the timer of the older one away, due or not, and counts
 * from now.
 */
final class LateStart implements Deployer {
    @Override
    public void deploy(DeploymentEntity deployment) {
        if (deployment.isNew()) {
            DbEntityManager changes = Context.getCommandContext().getDbEntityManager();
            // Jobs are cached by the kind above them; asked for their own, the cache gives none.
            List<JobEntity> starts = changes.getCachedEntitiesByType(AcquirableJobEntity.class).stream()
                    .filter(JobEntity.class::isInstance)
                    .map(JobEntity.class::cast)
                    .filter(timer -> TimerStartEventJobHandler.TYPE.equals(timer.getJobHandlerType()))
                    .toList();
            starts.stream().filter(changes::isDeleted).filter(LateStart::due).forEach(late -> starts.stream()
                    .filter(timer -> !changes.isDeleted(timer))
                    .filter(timer -> process(timer).equals(process(late)))
                    .forEach(timer -> timer.setDuedate(late.getDuedate())));
        }
    }

    private static boolean due(JobEntity timer) {
        Date due = timer.getDuedate();
        return due != null && !due.after(ClockUtil.getCurrentTime());
    }

    private static String process(JobEntity timer) {
        return timer.getJobHandlerConfigurationRaw();
    }
}
