package org.incidentorchestrator.support;

import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/** An engine on a test's own database, without job executor: a job runs when the test runs it. */
public final class TestEngine {
    private TestEngine() {}

    public static ProcessEngine on(TestDatabase database) {
        return on(database, Map.of());
    }

    /** @param words what models may call, by name */
    public static ProcessEngine on(TestDatabase database, Map<Object, Object> words) {
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName(database.toString());
        configuration.setDataSource(database.dataSource());
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setJobExecutorActivate(false);
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setBeans(words);
        return configuration.buildProcessEngine();
    }
}
