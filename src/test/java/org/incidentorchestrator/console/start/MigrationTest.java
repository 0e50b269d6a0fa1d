package org.incidentorchestrator.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.incidentorchestrator.incident.IncidentFilter;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a database of an earlier program holds is there, and is found, under this one. */
class MigrationTest {
    final DataSource database = database();
    private final JdbcClient jdbc = JdbcClient.create(database);

    DataSource database() {
        return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    DatabaseKind kind() {
        return DatabaseKind.H2;
    }

    @AfterEach
    void close() {
        jdbc.sql("shutdown").update();
    }

    @Test
    void incidents_of_the_first_schema_are_found_by_what_came_later() {
        flyway().target("1").load().migrate();
        open("Checkout-api");

        flyway().load().migrate();

        assertThat(services("checkout")).containsExactly("Checkout-api");
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(database).placeholders(kind().schemaTypes());
    }

    /** As the first program did. */
    private void open(String workload) {
        jdbc.sql(
                        """
                        insert into incident (exercise, alert_name, namespace, workload, severity, summary, opened_at, level,
                            ladder_armed_at, ladder_reached, reopened)
                        values (false, 'ServiceDown', 'shop', :workload, 'CRITICAL', 'it is down', current_timestamp, 1,
                            current_timestamp, 1, 0)""")
                .param("workload", workload)
                .update();
    }

    private List<String> services(String begins) {
        var filter = new IncidentFilter(Listed.ALL, null, begins, null, null, null, null, null, null);
        return new Incidents(jdbc)
                .search(filter, null, 10).stream()
                        .map(incident -> incident.key().workload())
                        .toList();
    }
}
