package org.incidentorchestrator.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The PostgreSQL of the tests is as durable as what they promise. */
class PostgresIT {
    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "default_transaction_isolation, read committed"
    })
    void what_is_confirmed_is_on_the_disk(String setting, String value) {
        assertThat(Postgres.admin().sql("show " + setting).query(String.class).single())
                .isEqualTo(value);
    }

    @Test
    void no_column_is_a_large_object_which_would_outlive_its_row() {
        String name = Postgres.createWithSchema();
        try {
            assertThat(org.springframework.jdbc.core.simple.JdbcClient.create(Postgres.dataSource(name))
                            .sql("select table_name || '.' || column_name from information_schema.columns"
                                    + " where table_schema = 'public' and udt_name in ('oid', 'lo')")
                            .query(String.class)
                            .list())
                    .isEmpty();
        } finally {
            Postgres.drop(name);
        }
    }
}
