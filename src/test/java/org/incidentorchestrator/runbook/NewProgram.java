package org.incidentorchestrator.runbook;

import java.util.List;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a start of a newer program does to the engine: everything is deployed once more, and no model is known but from the
 * database. A deployment takes longer than a scenario: it is made once, and is in force, or not, by the numbers of its
 * versions. The engine takes the highest, and goes by nothing else.
 */
final class NewProgram implements AutoCloseable {
    private static final List<String> VERSIONED = List.of("act_re_procdef", "act_re_decision_def", "act_re_camformdef");

    private final ProcessEngine deployedBy;
    private final JdbcClient jdbc;
    private final String deployment;

    private NewProgram(ProcessEngine deployedBy, JdbcClient jdbc, String deployment) {
        this.deployedBy = deployedBy;
        this.jdbc = jdbc;
        this.deployment = deployment;
    }

    /** Deployed, and in force. */
    static NewProgram deployedBy(ProcessEngine engine, JdbcClient jdbc) {
        return deployedBy(engine, jdbc, NewProgram::changed);
    }

    /** @param change what it makes of the text of each file of today */
    static NewProgram deployedBy(ProcessEngine engine, JdbcClient jdbc, UnaryOperator<String> change) {
        return new NewProgram(
                engine,
                jdbc,
                Release.deployment(engine.getRepositoryService(), "the new program", ProjectModels.files(), change)
                        .deploy()
                        .getId());
    }

    /** Each differs from what is there today: by its version tag; a form has none, and gets a line. */
    static String changed(String text) {
        String tagged = text.replaceFirst("versionTag=\"([^\"]*)\"", "versionTag=\"99.$1\"");
        return tagged.equals(text) ? text + "\n" : tagged;
    }

    /** What comes anew runs on what was there before. */
    void isNotYetStarted() {
        count("-abs");
    }

    /** It is started by whoever runs this engine. */
    void starts(ProcessEngine engine) {
        count("abs");
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getDeploymentCache()
                .discardProcessDefinitionCache();
    }

    private void count(String sign) {
        VERSIONED.forEach(table -> jdbc.sql("update %s set version_ = %s(version_) where deployment_id_ = :deployment"
                        .formatted(table, sign))
                .param("deployment", deployment)
                .update());
    }

    @Override
    public void close() {
        count("abs");
        deployedBy.getRepositoryService().deleteDeployment(deployment, true);
    }
}
