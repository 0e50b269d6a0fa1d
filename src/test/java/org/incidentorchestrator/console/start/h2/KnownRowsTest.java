package org.incidentorchestrator.console.start.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.incidentorchestrator.evidence.RowsToGo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.unit.DataSize;

/** A file that grew and was emptied by age: that is no damage, and its room is given back. */
class KnownRowsTest {
    private static final int ROWS = 400;

    @TempDir
    Path folder;

    private H2File file;

    @BeforeEach
    void four_hundred_messages() throws Exception {
        file = H2File.of("jdbc:h2:file:" + folder.resolve("incidents") + ";WRITE_DELAY=0", "sa", "")
                .orElseThrow();
        sql("create table inbox (id int primary key, body blob)");
        sql("insert into inbox select x, secure_rand(20000) from system_range(1, %d)".formatted(ROWS));
    }

    private void sql(String statement) throws Exception {
        try (Connection database = connection()) {
            database.createStatement().execute(statement);
        }
    }

    private Connection connection() throws Exception {
        return DriverManager.getConnection(
                file.url(file.path()) + ";AUTO_COMPACT_FILL_RATE=0;MAX_COMPACT_TIME=0", "sa", "");
    }

    @Test
    void rows_that_are_to_go_are_not_missed_after_a_kill() throws Exception {
        DatabaseGuard guard = TestGuard.on(file);
        try (Connection database = connection()) {
            var rows = new KnownRows(guard, new JdbcTemplate(new SingleConnectionDataSource(database, true)));
            rows.keep();
            assertThat(known()).isEqualTo(ROWS);

            rows.lower(new RowsToGo(List.of("inbox"), 100));
            assertThat(known()).isEqualTo(ROWS - 100);
            database.createStatement().execute("delete from inbox where id <= 60");

            rows.lower(new RowsToGo(List.of(), 0));
            assertThat(known()).isEqualTo(ROWS - 60);
        }
        guard.close(Duration.ZERO);
    }

    private long known() throws IOException {
        return Schema.in(file.schema()).rows().get("INBOX");
    }

    @Test
    void a_file_that_is_mostly_empty_is_written_anew_at_a_start_and_a_full_one_is_not() throws Exception {
        var settings = new DatabaseSettings(DataSize.ofMegabytes(1));
        assertThat(settings.tooLarge(file.path())).as("full").isFalse();

        sql("delete from inbox where id > 10");
        long before = Files.size(file.path());
        assertThat(settings.tooLarge(file.path())).as("emptied").isTrue();
        assertThat(new DatabaseSettings(DataSize.ofMegabytes(256)).tooLarge(file.path()))
                .as("small")
                .isFalse();
        TestGuard.on(file, settings).close(Duration.ZERO);

        assertThat(Files.size(file.path())).isLessThan(before / 4);
        assertThat(file.mark()).doesNotExist();
        assertThat(SampleDatabase.rows(file.path())).containsEntry("INBOX", 10L);
    }
}
