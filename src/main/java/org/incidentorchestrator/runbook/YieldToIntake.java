package org.incidentorchestrator.runbook;

import java.time.Duration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.AcquireJobsCommandFactory;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultAcquireJobsCommandFactory;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.incidentorchestrator.incident.IntakePressure;
import org.springframework.stereotype.Component;

/**
 * On H2 the engine's commits starve the acknowledgements of a storm: acquisition (not a job thread) holds back while
 * webhooks are being acknowledged, for a bounded time.
 */
@Component
class YieldToIntake extends AbstractProcessEnginePlugin {
    private static final Duration MOST = Duration.ofSeconds(1);

    private final IntakePressure pressure;

    YieldToIntake(IntakePressure pressure) {
        this.pressure = pressure;
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        JobExecutor executor = engine.getJobExecutor();
        if (executor != null && "h2".equals(engine.getDatabaseType())) {
            AcquireJobsCommandFactory usual = new DefaultAcquireJobsCommandFactory(executor);
            executor.setAcquireJobsCmdFactory(jobs -> {
                pressure.giveWay(MOST);
                return usual.getCommand(jobs);
            });
        }
    }
}
