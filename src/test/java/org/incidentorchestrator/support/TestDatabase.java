package org.incidentorchestrator.support;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.incidentorchestrator.evidence.Artefacts;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.evidence.EvidenceSettings;
import org.incidentorchestrator.evidence.Redaction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An empty database of a test's own: H2 in memory with the program's schema. */
public final class TestDatabase implements AutoCloseable {
    private final JdbcConnectionPool pool;
    private final RefusingDataSource connections;
    private final PlatformTransactionManager transactions;

    private TestDatabase(JdbcConnectionPool pool) {
        this.pool = pool;
        this.connections = new RefusingDataSource(pool);
        this.transactions = new JdbcTransactionManager(connections);
    }

    public static TestDatabase create() {
        var pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        pool.setMaxConnections(48);
        Flyway.configure()
                .dataSource(pool)
                .placeholders(Map.of("blob", "blob", "text", "clob"))
                .load()
                .migrate();
        return new TestDatabase(pool);
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
        jdbc().sql("shutdown").update();
        pool.dispose();
    }
}
