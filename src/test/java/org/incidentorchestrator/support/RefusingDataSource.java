package org.incidentorchestrator.support;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can be made to be away for a while. */
final class RefusingDataSource extends DelegatingDataSource {
    private final AtomicInteger refusals = new AtomicInteger();

    RefusingDataSource(DataSource target) {
        super(target);
    }

    void refuse(int times) {
        refusals.set(times);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new SQLException("the database is away", "08001");
        }
        return super.getConnection();
    }
}
