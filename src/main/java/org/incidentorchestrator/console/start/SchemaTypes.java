package org.incidentorchestrator.console.start;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/** Gives the migrations the column types of the database that they meet. */
@Component
final class SchemaTypes implements FlywayConfigurationCustomizer {
    @Override
    public void customize(FluentConfiguration flyway) {
        DatabaseKind.of(url(flyway.getDataSource())).ifPresent(kind -> flyway.placeholders(kind.schemaTypes()));
    }

    private static String url(DataSource database) {
        try {
            return JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getURL);
        } catch (MetaDataAccessException | RuntimeException e) {
            throw new DatabaseAway(e);
        }
    }
}
