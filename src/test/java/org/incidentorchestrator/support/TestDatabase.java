package org.incidentorchestrator.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.incidentorchestrator.console.start.DatabaseKind;
import org.incidentorchestrator.evidence.Artefacts;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.evidence.EvidenceSettings;
import org.incidentorchestrator.evidence.Redaction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An empty database of a test's own with the program's schema: H2 in memory, or PostgreSQL ({@link OnPostgres}). */
public final class TestDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 48;

    private final RefusingDataSource connections;
    private final PlatformTransactionManager transactions;
    private final Runnable end;

    private TestDatabase(DataSource pool, Runnable end) {
        this.connections = new RefusingDataSource(pool);
        this.transactions = new JdbcTransactionManager(connections);
        this.end = end;
    }

    public static TestDatabase create() {
        return OnPostgres.Switch.isOn() ? onPostgres() : onH2();
    }

    private static TestDatabase onH2() {
        var pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        pool.setMaxConnections(CONNECTIONS);
        Flyway.configure()
                .dataSource(pool)
                .placeholders(DatabaseKind.H2.schemaTypes())
                .load()
                .migrate();
        return new TestDatabase(pool, () -> {
            JdbcClient.create(pool).sql("shutdown").update();
            pool.dispose();
        });
    }

    private static TestDatabase onPostgres() {
        String name = Postgres.createWithSchema();
        var settings = new HikariConfig();
        settings.setJdbcUrl(Postgres.url(name));
        settings.setUsername(Postgres.USER);
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setMinimumIdle(0);
        var pool = new HikariDataSource(settings);
        return new TestDatabase(pool, () -> {
            pool.close();
            Postgres.drop(name);
        });
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(connections);
    }

    public DataSource dataSource() {
        return connections;
    }

    /** From now on, so many times nobody gets a connection. */
    public void refuse(int times) {
        connections.refuse(times);
    }

    public PlatformTransactionManager transactions() {
        return transactions;
    }

    /** Runs the work in a transaction; an exception rolls it back. */
    public void inTransaction(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
    }

    public EvidenceLog evidence(Clock clock) {
        return new EvidenceLog(jdbc(), transactions, clock, redaction());
    }

    public Artefacts artefacts(Clock clock) {
        return new Artefacts(jdbc(), transactions, clock, redaction(), EvidenceSettings.defaults());
    }

    private static Redaction redaction() {
        return new Redaction(EvidenceSettings.defaults());
    }

    @Override
    public void close() {
        end.run();
    }
}
