package org.incidentorchestrator.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

class DatabaseAwayAnalyzerTest {
    @Test
    void a_database_that_cannot_be_used_is_named_with_the_drivers_reason_and_without_a_password() {
        var environment = new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:postgresql://db/incidents?password=hunter2")
                .withProperty("spring.datasource.username", "incidents");
        var pool = new IllegalStateException(
                "Failed to initialize pool", new SQLException("Connection to db:5432 refused", "08001"));

        FailureAnalysis told = new DatabaseAwayAnalyzer(environment)
                .analyze(new IllegalStateException("no bean", new DatabaseAway(pool)));

        assertThat(told.getDescription())
                .contains("jdbc:postgresql://db/incidents", "as incidents", "Connection to db:5432 refused")
                .doesNotContain("hunter2");
        assertThat(told.getAction()).contains("spring.datasource.url");
    }
}
