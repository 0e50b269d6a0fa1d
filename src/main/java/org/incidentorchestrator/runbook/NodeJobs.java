package org.incidentorchestrator.runbook;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives the job executor a stable lock owner, and frees at start what the same node had locked when it was killed. */
@Component
class NodeJobs extends AbstractProcessEnginePlugin {
    private final NodeSettings node;
    private final JdbcClient jdbc;

    NodeJobs(NodeSettings node, JdbcClient jdbc) {
        this.node = node;
        this.jdbc = jdbc;
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        if (engine.getJobExecutor() != null) {
            engine.getJobExecutor().setLockOwner(node.name());
        }
    }

    /** Runs before the job executor is started. */
    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        jdbc.sql("update ACT_RU_JOB set LOCK_OWNER_ = null, LOCK_EXP_TIME_ = null where LOCK_OWNER_ = :node")
                .param("node", node.name())
                .update();
    }
}
