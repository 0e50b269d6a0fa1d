package org.incidentorchestrator.runbook;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the job executor a stable lock owner. Frees at start what the same node had locked when it was killed; while it
 * runs, what another node had, and what its own threads could not give back because the database had ended their
 * sessions. Nobody waits for a lock to expire whose holder does not work on it. A job that somebody does work on after all
 * is begun twice and done once: the engine lets one of them commit, and the ledger one of them change the cluster.
 */
@Component
class NodeJobs extends AbstractProcessEnginePlugin {
    private static final Logger LOG = LoggerFactory.getLogger(NodeJobs.class);

    private final NodeSettings node;
    private final NodeClaim claim;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    NodeJobs(NodeSettings node, NodeClaim claim, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.node = node;
        this.claim = claim;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        claim.take();
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
        free(node.name());
    }

    /** A database that is away is looked at again in five seconds. */
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void look() {
        try {
            if (claim.renew()) {
                LOG.warn(
                        "The database had ended this program's sessions; {} of its jobs are begun anew",
                        free(node.name()));
            }
            if (claim.holds()) {
                peers().forEach(this::freeIfDead);
            }
        } catch (DataAccessException | TransactionException | IllegalStateException away) {
            LOG.debug("jobs of dead nodes cannot be looked for while the database is away", away);
        }
    }

    /** A node that is paused or slow still holds its name. */
    private void freeIfDead(String peer) {
        transaction.executeWithoutResult(status -> {
            if (NodeClaim.lock(jdbc, peer).isFree()) {
                LOG.warn("Node {} has died; {} of its jobs are taken over", peer, free(peer));
            }
        });
    }

    private List<String> peers() {
        return jdbc.sql("select distinct LOCK_OWNER_ from ACT_RU_JOB where LOCK_OWNER_ <> :node")
                .param("node", node.name())
                .query(String.class)
                .list();
    }

    private int free(String owner) {
        return jdbc.sql("update ACT_RU_JOB set LOCK_OWNER_ = null, LOCK_EXP_TIME_ = null where LOCK_OWNER_ = :node")
                .param("node", owner)
                .update();
    }
}
