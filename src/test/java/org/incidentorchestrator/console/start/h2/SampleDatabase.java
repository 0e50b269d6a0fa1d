package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.flywaydb.core.Flyway;
import org.h2.mvstore.MVStore;
import org.incidentorchestrator.console.start.DatabaseKind;

/** A database file as the program leaves it: our tables and the engine's, with rows in both. */
final class SampleDatabase {
    private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=16384";

    private final Path folder;

    SampleDatabase(Path folder) {
        this.folder = folder;
    }

    static String url(Path file) {
        String name = file.toString();
        return "jdbc:h2:file:" + name.substring(0, name.length() - ".mv.db".length()) + OPTIONS;
    }

    /** As it lies there when the program is killed: copied while it is open, after a commit. */
    Path killed(int evidence) {
        Path open = folder.resolve("open.mv.db");
        Path killed = folder.resolve("killed.mv.db");
        try (Connection database = DriverManager.getConnection(url(open), "sa", "")) {
            fill(database, url(open), evidence);
            try (Connection uncommitted = DriverManager.getConnection(url(open), "sa", "")) {
                uncommitted.setAutoCommit(false);
                execute(uncommitted, "delete from inbox where id = 1");
                execute(uncommitted, "update evidence set actor = 'nobody' where id < 20");
                execute(database, "update inbox set attempts = 1 where id = 3");
                Files.copy(open, killed, StandardCopyOption.REPLACE_EXISTING);
                uncommitted.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return killed;
    }

    static long version(Path file) {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            return store.getFileStore().lastChunkVersion();
        }
    }

    static Map<String, Long> rows(Path file) {
        try (Connection database = DriverManager.getConnection(url(file), "sa", "")) {
            Map<String, Long> rows = new TreeMap<>();
            try (var tables = database.createStatement()
                    .executeQuery("select table_name from information_schema.tables where table_schema = 'PUBLIC'")) {
                while (tables.next()) {
                    try (var count = database.createStatement()
                            .executeQuery("select count(*) from \"" + tables.getString(1) + "\"")) {
                        count.next();
                        rows.put(tables.getString(1), count.getLong(1));
                    }
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(Connection database, String url, int evidence) {
        Flyway.configure()
                .dataSource(url, "sa", "")
                .placeholders(DatabaseKind.H2.schemaTypes())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
        processes(url);
        execute(
                database,
                """
                insert into incident (exercise, alert_name, namespace, workload, severity, summary, opened_at, level,
                    ladder_armed_at, ladder_reached, reopened)
                select false, 'ServiceDown', 'shop', 'Service-' || x, 'CRITICAL', 'it is down', current_timestamp, 1,
                    current_timestamp, 1, 0 from system_range(1, 50)""");
        execute(
                database,
                """
                insert into evidence (incident, at, kind, actor, activity, summary, details, seq, prev_hash, hash)
                select mod(x, 50) + 1, current_timestamp, 'STEP_LOOKED', 'incident-orchestrator', 'task_listPods',
                    'looked at ' || x, '{"n":' || x || '}', x, repeat('0', 64), rawtohex(hash('SHA-256', '' || x))
                from system_range(1, %d)"""
                        .formatted(evidence));
        execute(
                database,
                """
                insert into inbox (source, received_at, sha256, body, state, attempts, due_at)
                select 'alertmanager', current_timestamp, rawtohex(hash('SHA-256', '' || x)),
                    stringtoutf8(repeat('ab', 500)), 'DONE', 0, current_timestamp from system_range(1, 200)""");
        execute(
                database,
                """
                insert into artefact (incident, evidence, at, name, media_type, source, sha256, size, content)
                select 1, x, current_timestamp, 'log', 'text/plain', 'kubectl logs', repeat('0', 64), 40000,
                    secure_rand(40000) from system_range(1, 40)""");
        execute(database, "insert into global_stop values (1, 'admin', 'a test', current_timestamp)");
    }

    private static void processes(String url) {
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName(url);
        configuration.setJdbcUrl(url);
        configuration.setJdbcUsername("sa");
        configuration.setJdbcPassword("");
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setJobExecutorActivate(false);
        configuration.setEnforceHistoryTimeToLive(false);
        ProcessEngine engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "wait.bpmn",
                        Bpmn.createExecutableProcess("wait")
                                .startEvent()
                                .userTask("ask")
                                .boundaryEvent()
                                .timerWithDuration("PT1H")
                                .endEvent()
                                .moveToActivity("ask")
                                .endEvent()
                                .done())
                .deploy();
        for (int instance = 1; instance <= 60; instance++) {
            engine.getRuntimeService()
                    .startProcessInstanceByKey(
                            "wait", "INC-" + instance, Map.of("workload", "mcp-gateway-" + instance));
        }
        engine.close();
    }

    private static void execute(Connection database, String sql) {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
