package org.incidentorchestrator.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.incidentorchestrator.support.Postgres;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two packaged programs that share one PostgreSQL database, which starts out empty. */
final class TwoPrograms implements AutoCloseable {
    final Program one;
    final Program two;
    final JdbcClient jdbc;

    private final Path folder;
    private final String database = Postgres.createEmpty();

    TwoPrograms(Path folder) {
        this.folder = folder;
        this.one = named("one", "one");
        this.two = named("two", "two");
        this.jdbc = JdbcClient.create(Postgres.dataSource(database));
    }

    /** A program on the same database that calls itself {@code node}. */
    Program named(String data, String node) {
        return Program.in(folder.resolve(data))
                .with("spring.datasource.url", Postgres.url(database))
                .with("spring.datasource.username", Postgres.USER)
                .with("node.name", node);
    }

    List<Program> both() {
        return List.of(one, two);
    }

    TwoPrograms with(String setting, Object value) {
        both().forEach(program -> program.with(setting, value));
        return this;
    }

    /** At the same moment. */
    TwoPrograms start() {
        both().forEach(Program::launch);
        both().forEach(Program::awaitReady);
        return this;
    }

    /** Posts the same message to each of them; both have to acknowledge it. */
    void postToBoth(String message) throws IOException {
        for (Program program : both()) {
            int answer = program.api().post(message);
            if (answer != 202) {
                throw new AssertionError("a webhook was answered with " + answer);
            }
        }
    }

    /**
     * SIGSTOP at a moment at which it holds no row that others may wait for: the server would free such a row after a
     * minute only, which no test has.
     */
    void pauseWithoutRows(Program program) {
        String node = program == one ? "one" : "two";
        await("a moment without locked rows", Duration.ofSeconds(30), () -> {
            program.pause();
            boolean holds = count("select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid"
                            + " where a.application_name = 'incident-orchestrator " + node + "'"
                            + " and l.locktype = 'relation' and l.mode in ('RowShareLock', 'RowExclusiveLock')")
                    > 0;
            if (holds) {
                program.resume();
            }
            return !holds;
        });
    }

    /** As a restart of the server, or a standby that takes over, looks to the programs. */
    void endSessions() {
        count("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    /** How many nodes hold their name, in the database. */
    long namesHeld() {
        return count("select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid"
                + " where l.locktype = 'advisory' and l.granted and a.datname = current_database()");
    }

    long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    List<String> texts(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    static void await(String what, Duration most, Callable<Boolean> holds) {
        Awaitility.await(what).atMost(most).pollInterval(Duration.ofMillis(100)).until(holds);
    }

    @Override
    public void close() {
        both().forEach(Program::close);
        Postgres.drop(database);
    }
}
