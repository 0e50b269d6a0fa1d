package org.incidentorchestrator.console.start;

import javax.sql.DataSource;
import org.incidentorchestrator.support.Postgres;
import org.junit.jupiter.api.AfterEach;

class MigrationPostgresIT extends MigrationTest {
    private String name;

    @Override
    DataSource database() {
        name = Postgres.createEmpty();
        return Postgres.dataSource(name);
    }

    @Override
    DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @AfterEach
    @Override
    void close() {
        Postgres.drop(name);
    }
}
