package org.incidentorchestrator.runbook;

import org.incidentorchestrator.support.Postgres;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The same nights on PostgreSQL, engine included: two that find one cause at once, too. */
class CommonCauseProcessPostgresIT extends CommonCauseProcessTest {
    @DynamicPropertySource
    static void database(DynamicPropertyRegistry settings) {
        String url = Postgres.url(Postgres.createEmpty());
        settings.add("spring.datasource.url", () -> url);
        settings.add("spring.datasource.username", () -> Postgres.USER);
        settings.add("node.name", () -> "common-cause");
    }
}
