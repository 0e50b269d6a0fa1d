package org.incidentorchestrator.approval.watchdog;

import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/** The same history, but for the watchdog's own timers. */
record WithoutCanary(HistoryLevel level) implements HistoryLevel {
    @Override
    public int getId() {
        return level.getId();
    }

    @Override
    public String getName() {
        return level.getName();
    }

    @Override
    public boolean isHistoryEventProduced(HistoryEventType event, Object entity) {
        boolean canary = entity instanceof JobEntity job && Canary.TYPE.equals(job.getJobHandlerType());
        return !canary && level.isHistoryEventProduced(event, entity);
    }
}
