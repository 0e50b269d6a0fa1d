package org.incidentorchestrator.support;

import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/** An engine on a test's own database, without job executor: a job runs when the test runs it. */
public final class TestEngine {
    private TestEngine() {}

    public static ProcessEngine on(TestDatabase database) {
        return on(database, engine -> {});
    }

    /** @param rules what else is set before it is built */
    public static ProcessEngine on(TestDatabase database, Consumer<ProcessEngineConfigurationImpl> rules) {
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName(database.toString());
        configuration.setDataSource(database.dataSource());
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setJobExecutorActivate(false);
        configuration.setEnforceHistoryTimeToLive(false);
        rules.accept(configuration);
        return configuration.buildProcessEngine();
    }
}
