package org.incidentorchestrator.runbook;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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
    private static final long QUIET = Duration.ofMillis(20).toNanos();
    private static final int LONGEST_PAUSES = 20;
    private static final long PAUSE = Duration.ofMillis(5).toNanos();

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
                holdBack();
                return usual.getCommand(jobs);
            });
        }
    }

    private void holdBack() {
        for (int pause = 0; pause < LONGEST_PAUSES && pressure.within(QUIET, System.nanoTime()); pause++) {
            LockSupport.parkNanos(PAUSE);
        }
    }
}
