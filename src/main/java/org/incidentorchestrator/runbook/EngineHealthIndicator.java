package org.incidentorchestrator.runbook;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Down while nobody works on jobs and timers. One that was switched off by its setting is another node's to do. */
@Component
final class EngineHealthIndicator extends AbstractHealthIndicator {
    private final JobExecutor executor;
    private final boolean wanted;

    EngineHealthIndicator(
            ProcessEngine engine, @Value("${camunda.bpm.job-execution.enabled:true}") boolean executesJobs) {
        super("the engine's state cannot be read");
        this.executor = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
        this.wanted = executesJobs;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        boolean active = executor != null && executor.isActive();
        health.status(active || !wanted ? "UP" : "DOWN").withDetail("jobExecutor", active ? "active" : "not active");
    }
}
